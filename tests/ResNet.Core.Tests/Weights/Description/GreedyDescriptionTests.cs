using System.Text;
using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

/// <summary>Descriptions that ask for as much memory as their bounds let them, within what opening a file may take.</summary>
public sealed class GreedyDescriptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("label_names", true)]
    [InlineData("id2label", false)]
    public void A_configuration_of_many_short_labels_is_read_within_the_bound(string list, bool asList)
    {
        var config = new StringBuilder($"{{\"architecture\":\"resnet18\",\"{list}\":{(asList ? '[' : '{')}");
        int count = 0;
        for (; config.Length < HuggingFaceFolder.LongestConfig - 100; count++)
        {
            _ = asList ? config.Append("\"a\",") : config.Append($"\"{count}\":\"a\",");
        }

        config[^1] = asList ? ']' : '}';
        File.WriteAllText(_folder.PathTo("config.json"), config.Append($",\"num_classes\":{Math.Min(count, 1_000_000)}}}").ToString());
        File.WriteAllText(_folder.PathTo("model.safetensors"), "not looked at");

        Allocated(() => HuggingFaceFolder.TryRead(_folder.Root)).Should().BeLessThan(Probe.MostAllocated);
    }

    [Fact]
    public void Metadata_of_many_short_labels_is_read_within_the_bound()
    {
        var options = new ResNetOptions { Block = BlockKind.Basic, BlocksPerStage = [1], Stem = StemKind.Cifar, BaseWidth = 1, ClassCount = 2 };
        using var model = new ResNetModel(options);
        var metadata = DescriptionMetadata.ToMetadata(new ModelDescription { Options = options }).ToDictionary(StringComparer.Ordinal);
        metadata["resnet.labels"] = $"[{string.Concat(Enumerable.Repeat("\"a\",", 1_000_000))}\"a\"]";
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), model.state_dict(), metadata);

        Allocated(() => ModelFile.ReadDescription(_folder.PathTo("a.safetensors"))).Should().BeLessThan(Probe.MostAllocated);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            action();
        }
        catch (WeightsFormatException)
        {
            // Refused is as good.
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
