using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ResNet.Cli.Tests;

public sealed class ReproduceCommandTests : IDisposable
{
    /// <summary>So few pictures are one batch an epoch, with a validation and a checkpoint after each.</summary>
    private const int Length = 30;

    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void A_study_that_was_stopped_goes_on_with_the_same_command_and_ends_as_if_it_had_not_been()
    {
        Signals.SkipUnlessHeard("INT");
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 240, 60);
        using (var process = Begin("stopped", Length))
        {
            var watch = Stopwatch.StartNew();
            while (!File.Exists(_folder.PathTo("stopped", "plain-8", "metrics.csv")))
            {
                watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "the first network should be trained");
                process.HasExited.Should().BeFalse();
                Thread.Sleep(5);
            }

            process.Send("INT");

            var (code, _, errors) = process.Finish();
            code.Should().Be(130, errors);
            errors.Should().Contain("The same command goes on from here.");
            File.Exists(_folder.PathTo("stopped", "cifar10.md")).Should().BeFalse("no network is done");
        }

        JsonNode stopped = Study("stopped", Length), whole = Study("whole", Length);

        foreach (var study in (JsonNode[])[stopped, whole])
        {
            study["command"] = null;
        }

        JsonNode.DeepEquals(stopped, whole).Should().BeTrue();
        whole["networks"]!.AsArray().Select(network => network!["name"]!.GetValue<string>()).Should().Equal("plain-8", "ResNet-8");
        File.ReadAllText(_folder.PathTo("whole", "cifar10.md")).Should().Contain($"--iterations {Length}");
    }

    [Fact]
    public void A_study_that_is_done_is_not_trained_again_and_another_one_does_not_take_its_place()
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 240, 60);
        JsonNode first = Study("done", 4);
        byte[] weights = File.ReadAllBytes(_folder.PathTo("done", "resnet-8", "last.safetensors"));

        JsonNode again = Study("done", 4);

        JsonNode.DeepEquals(first, again).Should().BeTrue();
        using var other = Begin("done", 5);
        var (code, _, errors) = other.Finish();
        code.Should().Be(1);
        errors.Should().Contain("holds a run of other options").And.Contain("--output");
        File.ReadAllBytes(_folder.PathTo("done", "resnet-8", "last.safetensors")).Should().Equal(weights);
    }

    [Theory]
    [InlineData("--depths", "21", "the nearest depths are 20 and 26")]
    [InlineData("--depths", "20,deep", "'deep', which is no number")]
    [InlineData("--shortcuts", "D", "give A, B or C")]
    public void Wrong_networks_are_refused_before_any_work(string option, string value, string said)
    {
        var (code, output, errors) = ResnetProcess.Run("reproduce", "cifar10", option, value, "--output", _folder.PathTo("none"));

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(said);
        Directory.Exists(_folder.PathTo("none")).Should().BeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private ResnetProcess Begin(string output, int iterations) => new(
        _folder.Root, "reproduce", "cifar10", "--data", _folder.PathTo("pictures"), "--depths", "8", "--plain", "--iterations", $"{iterations}", "--precision", "fp32", "--output", output, "--json");

    private JsonNode Study(string output, int iterations)
    {
        using var process = Begin(output, iterations);
        var (code, json, errors) = process.Finish();
        code.Should().Be(0, errors);
        return JsonNode.Parse(json)!;
    }
}
