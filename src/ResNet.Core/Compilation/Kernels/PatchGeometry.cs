namespace ResNet.Compilation;

/// <summary>The numbers behind one row of a convolution's matrix product: the patch of the input that a position of the output sees.</summary>
/// <param name="Height">Rows of the input map.</param>
/// <param name="Width">Columns of the input map.</param>
/// <param name="Channels">Channels of the input map.</param>
/// <param name="KernelSize">Height and width of the kernel.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="Padding">Zeros around the input map.</param>
/// <param name="Kind">How the numbers are stored.</param>
internal sealed record PatchGeometry(int Height, int Width, int Channels, int KernelSize, int Stride, int Padding, NumberKind Kind)
{
    public int OutHeight { get; } = ((Height + (2 * Padding) - KernelSize) / Stride) + 1;

    public int OutWidth { get; } = ((Width + (2 * Padding) - KernelSize) / Stride) + 1;

    public int Positions => OutHeight * OutWidth;

    /// <summary>Bytes of a pixel of the input map.</summary>
    public int PixelBytes { get; } = Channels * Kind.Size();

    public long ImageBytes => (long)Height * Width * PixelBytes;
}
