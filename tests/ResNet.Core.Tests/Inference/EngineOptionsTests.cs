using ResNet.Compilation;
using ResNet.Inference;

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
    public void A_report_is_one_line_that_says_what_runs_and_why()
    {
        new EngineReport(Compiled: null, Note: null).ToString().Should().Be("the model itself");
        new EngineReport(Compiled: null, "it is on cuda:0").ToString().Should().Be("the model itself: it is on cuda:0");
        new EngineReport(new CompileReport(CompiledEngine.Fused, CompilePrecision.BFloat16, Error: null, IsRemembered: true, []), Note: null).ToString()
            .Should().Be("fused engine in bfloat16, checked on this machine before");
    }
}
