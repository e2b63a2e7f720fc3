using System.Numerics;
using System.Text;
using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

/// <summary>A small file must not make its reader build a large network.</summary>
public sealed class DescribedSizeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_that_share_their_values_do_not_make_a_network_of_many_times_the_file()
    {
        // 160 convolutions of half a megabyte each, all of them the same values.
        string path = Forge(new ResNetOptions { Block = BlockKind.Basic, BlocksPerStage = [80], Stem = StemKind.Cifar, BaseWidth = 121, ClassCount = 2 });

        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: the network of its description takes more than * bytes, but the file has only {new FileInfo(path).Length}: its tensors share their values.*");
    }

    [Fact]
    public void A_few_shared_values_are_no_reason_to_refuse()
    {
        var options = new ResNetOptions { Block = BlockKind.Basic, BlocksPerStage = [2], Stem = StemKind.Cifar, BaseWidth = 16, ClassCount = 2 };

        ModelFile.ReadDescription(Forge(options)).Options.Should().Be(options);
    }

    [Theory]
    [InlineData("\"blocksPerStage\":[2]", "\"blocksPerStage\":[2147483647,2147483647]", "BlocksPerStage is [2147483647, 2147483647], 8589934590 layers; a network has at most 10000.")]
    [InlineData("\"blocksPerStage\":[2]", "\"blocksPerStage\":[1000000]", "BlocksPerStage is [1000000], 2000002 layers; a network has at most 10000.")]
    [InlineData("\"classCount\":2", "\"classCount\":1000000000", "The network would have 16000009648 weights; it must be at most 2147483647.")]
    [InlineData("\"baseWidth\":16", "\"baseWidth\":100000", "The network would have 360002900000 weights; it must be at most 2147483647.")]
    [InlineData("\"inputChannels\":3", "\"inputChannels\":2000000000", "The network would have 288000009248 weights; it must be at most 2147483647.")]
    public void Options_of_a_network_that_no_machine_could_hold_are_refused(string good, string hostile, string error)
    {
        var options = new ResNetOptions { Block = BlockKind.Basic, BlocksPerStage = [2], Stem = StemKind.Cifar, BaseWidth = 16, ClassCount = 2 };
        string path = Forge(options, json => json.Replace(good, hostile, StringComparison.Ordinal));

        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>().WithMessage($"*{error}*");
    }

    /// <summary>A PyTorch file with a description, whose tensors all begin at the first value of one storage.</summary>
    private string Forge(ResNetOptions options, Func<string, string>? change = null)
    {
        var tensors = DescribedNetwork.LargeTensors(options).ToList();
        long count = tensors.Max(tensor => tensor.Shape.Aggregate(1L, (product, length) => product * length));
        var zip = new ZipBytes();
        zip.Add("archive/data.pkl", CheckpointPickle.Of([.. tensors.Select(tensor => KeyValuePair.Create(tensor.Name, Shared(tensor.Shape, count)))]));
        zip.Add("archive/data/0", new byte[count * sizeof(float)]);
        foreach (var (key, text) in DescriptionMetadata.ToMetadata(new ModelDescription { Options = options }))
        {
            zip.Add($"archive/resnet/{key}", Encoding.UTF8.GetBytes(change?.Invoke(text) ?? text));
        }

        string path = _folder.PathTo("shared.pth");
        File.WriteAllBytes(path, zip.ToArray());
        return path;
    }

    private static PickledTensor Shared(long[] shape, long count)
    {
        var strides = new BigInteger[shape.Length];
        BigInteger stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (strides[i], stride) = (stride, stride * shape[i]);
        }

        return new PickledTensor { Count = count, Shape = [.. shape.Select(length => (BigInteger)length)], Strides = strides };
    }
}
