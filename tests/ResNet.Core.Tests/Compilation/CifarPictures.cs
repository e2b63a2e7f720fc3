using ResNet.Imaging;
using ResNet.Runtime;

namespace ResNet.Core.Tests.Compilation;

/// <summary>Pictures of CIFAR-10 as batches, decoded once for all tests of a class.</summary>
public sealed class CifarPictures : IDisposable
{
    private const int BatchSize = 100;

    private readonly Lazy<(IReadOnlyList<Tensor> Batches, long[] Classes)> _test = new(() => Read("test", perClass: int.MaxValue));
    private readonly Lazy<(IReadOnlyList<Tensor> Batches, long[] Classes)> _samples = new(() => Read("train", perClass: 10));

    /// <summary>Memory that is given back and taken again takes the model itself two thirds of its time on so many batches.</summary>
    public CifarPictures() => TorchRuntime.TuneProcess();

    /// <summary>All 10,000 test pictures.</summary>
    public IReadOnlyList<Tensor> Test => _test.Value.Batches;

    /// <summary>Their classes.</summary>
    public long[] Classes => _test.Value.Classes;

    /// <summary>100 training pictures.</summary>
    public Tensor Samples => _samples.Value.Batches[0];

    public void Dispose()
    {
        foreach (var part in new[] { _test, _samples }.Where(part => part.IsValueCreated))
        {
            foreach (var batch in part.Value.Batches)
            {
                batch.Dispose();
            }
        }
    }

    private static (IReadOnlyList<Tensor> Batches, long[] Classes) Read(string part, int perClass)
    {
        string? folder = TestSupport.RealPictures.Cifar10();
        Skip.If(folder is null, TestSupport.RealPictures.WhySkipped);
        var files = Directory.GetDirectories(Path.Combine(folder!, part)).Order(StringComparer.Ordinal)
            .SelectMany((directory, index) => Directory.GetFiles(directory).Order(StringComparer.Ordinal).Take(perClass).Select(file => (file, Class: (long)index))).ToArray();
        var batches = files.Chunk(BatchSize).Select(batch => ImageTensor.FromImages([.. batch.Select(file => ImageDecoder.Decode(file.file))], Normalization.ImageNet));
        return ([.. batches], [.. files.Select(file => file.Class)]);
    }
}
