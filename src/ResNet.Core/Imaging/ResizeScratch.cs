namespace ResNet.Imaging;

/// <summary>What a resize needs besides the pixels, kept for the next one. For one thread at a time.</summary>
internal sealed class ResizeScratch
{
    [ThreadStatic]
    private static ResizeScratch? _ofThread;

    private ScratchBuffer _ring;
    private ScratchBuffer _lastRow;

    /// <summary>For callers that keep none of their own.</summary>
    public static ResizeScratch OfThread => _ofThread ??= new ResizeScratch();

    public ResizeWeights Columns { get; } = new();

    public ResizeWeights Rows { get; } = new();

    public byte[] Ring(long length) => _ring.Take(length);

    public byte[] LastRow(long length) => _lastRow.Take(length);
}
