namespace ResNet.Imaging;

/// <summary>A rectangle of pixels inside of an array of rows.</summary>
/// <param name="Pixels">Red, green, blue interleaved.</param>
/// <param name="Stride">Bytes from one row to the next.</param>
/// <param name="Window">Which of them are meant.</param>
internal readonly record struct PixelRows(byte[] Pixels, int Stride, PixelWindow Window)
{
    public int Width => Window.Width;

    public int Height => Window.Height;

    /// <summary>Index of the first byte of a row.</summary>
    public int RowStart(int y) => ((Window.Y + y) * Stride) + (3 * Window.X);

    public ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(RowStart(y), 3 * Window.Width);

    public static PixelRows Of(RgbImage image) => new(image.Pixels, 3 * image.Width, new PixelWindow(0, 0, image.Width, image.Height));
}
