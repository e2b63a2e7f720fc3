using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

/// <summary>Training on after the end, in the same run or from its weights.</summary>
public sealed class ExtendedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExtendedRunTests()
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 80, 16);
        var (code, _, errors) = Run("--data", "pictures", "--arch", "resnet8-cifar", "--epochs", "1", "--batch-size", "16", "--precision", "fp32", "--output", "run");
        code.Should().Be(0, errors);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_finished_run_is_extended_says_so_and_stays_as_long()
    {
        int done = Lines();

        var (code, output, errors) = Run("--resume", "run", "--epochs", "3");

        code.Should().Be(0, errors);
        errors.Should().Contain("the length of the run was changed from");
        Lines().Should().BeGreaterThan(done);
        JsonNode.Parse(output)!["epochs"]!.GetValue<int>().Should().Be(3);
        Command()["epochs"]!.GetValue<int>().Should().Be(3);
        var again = Run("--resume", "run");
        again.ExitCode.Should().Be(0, again.Errors);
        JsonNode.Parse(again.Output)!["epochs"]!.GetValue<int>().Should().Be(3);
    }

    [Fact]
    public void A_length_that_the_run_is_past_is_refused_and_not_remembered()
    {
        var (code, _, errors) = Run("--resume", "run", "--iterations", "2");

        code.Should().Be(1);
        errors.Should().Contain("but 2 iterations would be 2 in all");
        Command()["epochs"]!.GetValue<int>().Should().Be(1);
        Command()["iterations"].Should().BeNull();
    }

    [Fact]
    public void Other_options_beside_resume_are_refused_by_name()
    {
        var (code, _, errors) = Run("--resume", "run", "--epochs", "3", "--learning-rate", "0.5", "--seed", "7");

        code.Should().Be(2);
        errors.Should().Contain("--learning-rate, --seed cannot be given");
    }

    [Fact]
    public void Weights_of_the_same_classes_bring_their_classifier()
    {
        string last = _folder.PathTo("run", "last.safetensors");

        var (code, _, errors) = Run("--data", "pictures", "--weights", last, "--iterations", "1", "--learning-rate", "1e-12", "--precision", "fp32", "--output", "second");

        code.Should().Be(0, errors);
        errors.Should().Contain("classifier: kept");
        Classifier("second").Should().BeEquivalentTo(Classifier("run"), options => options.Using<float>(pair => pair.Subject.Should().BeApproximately(pair.Expectation, 1e-6f)).WhenTypeIs<float>());
    }

    [Fact]
    public void A_run_from_weights_that_was_stopped_before_its_first_checkpoint_begins_with_the_same_weights()
    {
        string[] options = ["--data", "pictures", "--weights", _folder.PathTo("run", "last.safetensors"), "--iterations", "2", "--precision", "fp32", "--output"];
        Run([.. options, "second"]).ExitCode.Should().Be(0);
        byte[] whole = File.ReadAllBytes(_folder.PathTo("second", "last.safetensors"));
        Rewind(_folder.PathTo("second"));
        Directory.Move(_folder.PathTo("run"), _folder.PathTo("elsewhere"));

        var (code, _, errors) = Run("--resume", "second");

        code.Should().Be(0, errors);
        errors.Should().Contain("has no checkpoint yet");
        File.ReadAllBytes(_folder.PathTo("second", "last.safetensors")).Should().Equal(whole);
    }

    /// <summary>Leaves what a run has written when it comes to its first checkpoint.</summary>
    private static void Rewind(string run)
    {
        string last = Path.Combine(run, "last.safetensors"), checkpoints = Path.Combine(run, "checkpoints");
        using var model = ModelFile.Load(last, out var description);
        model.LoadWeights(Path.Combine(checkpoints, "iteration-00000000.safetensors"), new WeightsLoadOptions { Prefix = "model." });
        model.SaveWeights(last, description);
        Directory.Delete(checkpoints, recursive: true);
        File.Delete(Path.Combine(run, "metrics.csv"));
    }

    private (int ExitCode, string Output, string Errors) Run(params string[] options)
    {
        using var process = new ResnetProcess(_folder.Root, ["train", "--json", .. options]);
        return process.Finish();
    }

    private int Lines() => File.ReadAllLines(_folder.PathTo("run", "metrics.csv")).Length;

    private JsonNode Command() => JsonNode.Parse(File.ReadAllText(_folder.PathTo("run", "command.json")))!;

    private float[] Classifier(string run)
    {
        using var file = StateDictFile.Open(_folder.PathTo(run, "last.safetensors"));
        using var weights = file.Read("fc.weight");
        return [.. weights.data<float>()];
    }
}
