namespace ResNet.Compilation;

/// <summary>A network as fused operations with packed weights, for pictures of any size.</summary>
internal sealed class FusedNetwork(IReadOnlyList<FusedOperation> operations, WeightMemory memory) : IDisposable
{
    /// <summary>In order of execution; the last one's result is the network's.</summary>
    public IReadOnlyList<FusedOperation> Operations => operations;

    /// <summary>Whether maps are stored as bytes, which have no way to say that something is no number.</summary>
    public bool HasBytes { get; } = operations.Any(operation => operation.Format.IsInt8);

    /// <summary>Bytes of all packed weights.</summary>
    public long WeightBytes => operations.Sum(operation => (operation as ConvolutionOperation)?.Packed.Size ?? (operation as WinogradOperation)?.Packed.Size ?? 0);

    public void Dispose()
    {
        foreach (var operation in operations)
        {
            (operation as ConvolutionOperation)?.Packed.Dispose();
            (operation as WinogradOperation)?.Packed.Dispose();
            (operation as ScaleOperation)?.Scale.Dispose();
        }

        memory.Dispose();
    }
}
