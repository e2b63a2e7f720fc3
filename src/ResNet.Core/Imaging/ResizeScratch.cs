namespace ResNet.Imaging;

/// <summary>What a resize needs besides the pixels, kept for the next one.</summary>
internal sealed class ResizeScratch
{
    public ResizeWeights Columns { get; } = new();

    public ResizeWeights Rows { get; } = new();
}
