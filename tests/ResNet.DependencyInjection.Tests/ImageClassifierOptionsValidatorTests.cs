using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.DependencyInjection.Tests;

public sealed class ImageClassifierOptionsValidatorTests(ModelFolder files) : IClassFixture<ModelFolder>
{
    [Fact]
    public void Usable_options_have_no_fault()
    {
        Faults(new() { WeightsPath = files.Complete }).Should().BeEmpty();
        Faults(new() { Create = _ => null!, Device = "none of its business is still a name" }).Should().ContainSingle();
        Faults(new() { WeightsPath = files.Bare, Network = ModelFolder.Network, Preprocessing = Preprocessing.Cifar10, Device = "CUDA:3" }).Should().BeEmpty();
    }

    [Fact]
    public void A_folder_with_a_configuration_is_as_good_as_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathTo("config.json"), "{}");

        Faults(new() { WeightsPath = folder.Root }).Should().BeEmpty();
    }

    [Fact]
    public void Limits_below_one_are_errors()
    {
        var options = new ImageClassifierOptions { WeightsPath = files.Complete, MaxPixelCount = 0, MaxByteCount = -1, MaxConcurrentDecodes = 0, MaxQueueLength = -1 };

        Faults(options).Should().Equal(
            "ImageClassifierOptions: MaxPixelCount is 0; it must be at least 1.",
            "ImageClassifierOptions: MaxByteCount is -1; it must be at least 1.",
            "ImageClassifierOptions: MaxConcurrentDecodes is 0; it must be at least 1.",
            "ImageClassifierOptions: MaxQueueLength is -1; it must be at least 0.");
    }

    [Fact]
    public void Hosts_have_low_limits_where_nothing_else_is_said() =>
        new ImageClassifierOptions().ToLimits().Should().Be(ClassifierLimits.Untrusted with { Decoding = ImageDecodeOptions.Untrusted });

    [Fact]
    public void Every_fault_is_listed()
    {
        var options = new ImageClassifierOptions
        {
            WeightsPath = files.Missing,
            Pretrained = "resnet50",
            Create = _ => null!,
            Network = ModelFolder.Network with { ClassCount = 0 },
            Labels = ModelFolder.Labels,
            Device = "gpu",
        };
        Faults(options).Should().Equal(
            "ImageClassifierOptions: WeightsPath and Pretrained and Create are given; give one of them.",
            $"ImageClassifierOptions: WeightsPath is {files.Missing}, which does not exist; name a file of weights (the current folder is {Environment.CurrentDirectory}).",
            "ImageClassifierOptions: Network, Preprocessing and Labels are for WeightsPath, but Pretrained is given; leave them out.",
            "ImageClassifierOptions: Network: ClassCount is 0; it must be 1 or more.",
            "ImageClassifierOptions: there are 3 labels for 0 classes; give one label for each class.",
            "ImageClassifierOptions: Device is 'gpu'; use auto, cpu, cuda or cuda:N with N from 0.");
    }

    [Fact]
    public void Engine_and_precision_must_exist_and_go_together()
    {
        Faults(new() { WeightsPath = files.Complete, Engine = EngineChoice.Compiled, Precision = CompilePrecision.BFloat16 }).Should().BeEmpty();
        Faults(new() { WeightsPath = files.Complete, Engine = (EngineChoice)5, Precision = (CompilePrecision)6 }).Should().Equal(
            "ImageClassifierOptions: Engine is 5; it must be one of Auto, Eager, Compiled.",
            "ImageClassifierOptions: Precision is 6; it must be one of Float32, BFloat16, Int8.");
        Faults(new() { WeightsPath = files.Complete, Engine = EngineChoice.Eager, Precision = CompilePrecision.BFloat16 }).Should().Equal(
            "ImageClassifierOptions: Precision is BFloat16, but Engine is Eager, which computes in the numbers of its weights; take Auto or Compiled, or leave Precision out.");
    }

    [Fact]
    public void A_folder_for_the_calibration_must_exist_and_serve_something()
    {
        Faults(new() { WeightsPath = files.Complete, Precision = CompilePrecision.Int8, CalibrationFolder = files.Root }).Should().BeEmpty();
        Faults(new() { WeightsPath = files.Complete, CalibrationFolder = files.Root }).Should().BeEmpty("the self-check of every precision looks at it");
        Faults(new() { Create = _ => null!, Precision = CompilePrecision.Int8 }).Should().BeEmpty("what Create makes is its business");
        Faults(new() { WeightsPath = files.Complete, Precision = CompilePrecision.Int8, CalibrationFolder = " " }).Should().Equal(
            "ImageClassifierOptions: Precision is Int8, which learns from photos how large numbers get, but CalibrationFolder is not given; "
            + "name a folder of some hundred photos like those to be classified.");
        Faults(new() { WeightsPath = files.Complete, Engine = EngineChoice.Eager, CalibrationFolder = files.Missing }).Should().Equal(
            $"ImageClassifierOptions: CalibrationFolder is {files.Missing}, which is no folder; name one of some hundred photos (the current folder is {Environment.CurrentDirectory}).",
            "ImageClassifierOptions: CalibrationFolder is given, but Engine is Eager, which needs none; take Auto or Compiled, or leave CalibrationFolder out.");
        Faults(new() { WeightsPath = files.Complete, CalibrationFolder = files.Complete }).Should().ContainSingle().Which.Should().Contain("which is no folder");
    }

    [Fact]
    public void What_belongs_together_is_asked_for_together()
    {
        Faults(new()).Should().Equal("ImageClassifierOptions: none of WeightsPath, Pretrained and Create is given; give one of them.");
        Faults(new() { WeightsPath = files.Bare, Network = ModelFolder.Network }).Should().Equal(
            "ImageClassifierOptions: Network is given without Preprocessing; give both, or none for a file that says them itself.");
        Faults(new() { WeightsPath = files.Bare, Preprocessing = Preprocessing.Cifar10 }).Should().Equal(
            "ImageClassifierOptions: Preprocessing is given without Network; give both, or none for a file that says them itself.");
        Faults(new() { WeightsPath = files.Bare, Labels = ModelFolder.Labels }).Should().Equal(
            "ImageClassifierOptions: Labels are given without Network and Preprocessing; give all three, or none for a file that says them itself.");
        Faults(new() { WeightsPath = files.Complete, Device = null! }).Should().Equal(
            "ImageClassifierOptions: Device is null; use auto, cpu, cuda or cuda:N with N from 0.");
    }

    [Fact]
    public void A_name_that_nothing_has_is_a_fault_before_anything_is_fetched()
    {
        Faults(new() { Pretrained = "resnet50" }).Should().BeEmpty();
        Faults(new() { Pretrained = "resnet5O" }).Should().ContainSingle().Which.Should().StartWith("ImageClassifierOptions: Pretrained: ").And.Contain("resnet50");
    }

    private static IEnumerable<string> Faults(ImageClassifierOptions options) =>
        new ImageClassifierOptionsValidator().Validate(string.Empty, options).Failures ?? [];
}
