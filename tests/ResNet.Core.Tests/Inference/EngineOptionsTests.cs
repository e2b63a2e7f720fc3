using ResNet.Compilation;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class EngineOptionsTests
{
    [Fact]
    public void Presets_can_be_used()
    {
        EngineOptions.Auto.Should().Be(new EngineOptions());
        new[] { EngineOptions.Auto, EngineOptions.Eager, EngineOptions.Compiled }.Select(options => options.Choice)
            .Should().Equal(EngineChoice.Auto, EngineChoice.Eager, EngineChoice.Compiled);
        new[] { EngineOptions.Auto, EngineOptions.Eager, EngineOptions.Compiled }.Should().OnlyContain(options => options.Faults().Count == 0);
    }

    [Fact]
    public void Every_fault_is_listed()
    {
        var options = new EngineOptions { Choice = (EngineChoice)7, Compile = new CompileOptions { ThreadCount = 0, CheckWidth = 0 } };

        options.Invoking(o => o.EnsureValid()).Should().Throw<InvalidOptionsException>().WithMessage(
            """
            EngineOptions: 3 faults.
            - Choice is 7; it must be one of Auto, Eager, Compiled.
            - Compile.ThreadCount is 0; it must be 1 to 1024.
            - Compile.CheckWidth is 0; it must be 1 or more.
            """.ReplaceLineEndings("\n"));
        (EngineOptions.Auto with { Compile = null! }).Faults().Should().Equal("Compile is null; leave it out for the defaults.");
    }

    [Fact]
    public void Int8_needs_pictures_of_one_kind()
    {
        using var folder = new TemporaryFolder();
        using var pictures = torch.zeros(1, 3, 32, 32);
        var options = new EngineOptions { Compile = new CompileOptions { Precision = CompilePrecision.Int8 } };

        options.Faults().Should().Equal(
            "Compile.Precision is Int8, which learns from pictures how large numbers get, but neither CalibrationFolder nor Compile.CalibrationPictures is given; give one of them.");
        (options with { CalibrationFolder = folder.Root }).Faults().Should().BeEmpty();
        (options with { Compile = options.Compile with { CalibrationPictures = pictures } }).Faults().Should().BeEmpty();
        (options with { CalibrationFolder = folder.Root, Compile = options.Compile with { CalibrationPictures = pictures } }).Faults().Should().Equal(
            "CalibrationFolder and Compile.CalibrationPictures are both given; give one of them.");
    }

    [Fact]
    public void A_folder_for_the_calibration_must_be_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathTo("photo.jpg");
        File.WriteAllText(file, "");

        (EngineOptions.Auto with { CalibrationFolder = "" }).Faults().Should().Equal(
            $"CalibrationFolder is '', which is no folder (the current folder is {Environment.CurrentDirectory}). Name a folder of some hundred photos like those that the network will see.");
        (EngineOptions.Auto with { CalibrationFolder = file }).Faults().Should().Equal(
            $"CalibrationFolder is '{file}', which is a file (the current folder is {Environment.CurrentDirectory}). Name a folder of some hundred photos like those that the network will see.");
        (EngineOptions.Auto with { CalibrationFolder = folder.Root }).Faults().Should().BeEmpty();
    }

    [Fact]
    public void A_report_is_one_line_that_says_what_runs_and_why()
    {
        new EngineReport(Compiled: null, Note: null).ToString().Should().Be("the model itself");
        new EngineReport(Compiled: null, "it is on cuda:0").ToString().Should().Be("the model itself: it is on cuda:0");
        new EngineReport(new CompileReport(CompiledEngine.Fused, CompilePrecision.BFloat16, Error: null, IsRemembered: true, []), Note: null).ToString()
            .Should().Be("fused engine in bfloat16, checked on this machine before");
    }
}
