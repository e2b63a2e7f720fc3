namespace ResNet.Imaging;

/// <summary>
/// Resizes pictures exactly, to the byte, as Pillow's <c>Image.resize</c> does with its antialiased filters: first along the rows, then across
/// them, each pass in fixed point, rounded to bytes.
/// </summary>
public static class ImageResizer
{
    private const int MostTapsOnStack = 256;

    /// <summary>Resizes a picture.</summary>
    /// <param name="image">The picture; it is not changed.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <param name="filter">The filter. All average over more source pixels when shrinking.</param>
    /// <returns>A new picture of <paramref name="width"/> x <paramref name="height"/>.</returns>
    /// <exception cref="ArgumentException">The size is below 1, or too large for one array.</exception>
    public static RgbImage Resize(RgbImage image, int width, int height, ResizeFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return ResizeAndCrop(image, width, height, new PixelWindow(0, 0, width, height), filter);
    }

    /// <summary>Resizes a picture so that its shorter side has a given length; the longer one becomes <c>int(size * longer / shorter)</c>,
    /// rounded down, as in torchvision.</summary>
    /// <param name="image">The picture; it is not changed.</param>
    /// <param name="size">New length in pixels of the shorter side, at least 1.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentException">The size is below 1, or the new picture is too large for one array.</exception>
    public static RgbImage ResizeShorterSide(RgbImage image, int size, ResizeFilter filter)
    {
        ArgumentNullException.ThrowIfNull(image);
        (int width, int height) = SizeForShorterSide(image.Width, image.Height, size);
        return Resize(image, width, height, filter);
    }

    internal static (int Width, int Height) SizeForShorterSide(int width, int height, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        long longer = (long)size * Math.Max(width, height) / Math.Min(width, height);
        if (longer > int.MaxValue)
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} with its shorter side resized to {size} would be {longer} pixels long; crop it first.", nameof(size));
        }

        return width < height ? (size, (int)longer) : ((int)longer, size);
    }

    /// <summary>The same as cropping the resized picture, but only the pixels of the window are computed.</summary>
    internal static RgbImage ResizeAndCrop(RgbImage image, int width, int height, PixelWindow window, ResizeFilter filter)
    {
        ImageCrop.EnsureWithin(width, height, window.X, window.Y, window.Width, window.Height);
        if (width == image.Width && height == image.Height)
        {
            return ImageCrop.At(image, window.X, window.Y, window.Width, window.Height);
        }

        byte[] pixels = RgbImage.NewPixels(window.Width, window.Height);
        ResizeAndCrop(PixelRows.Of(image), width, height, window, filter, pixels, ResizeScratch.OfThread);
        return new RgbImage(window.Width, window.Height, pixels);
    }

    /// <summary>Resizes into memory that is there already; the window lies inside of the result.</summary>
    internal static void ResizeAndCrop(
        PixelRows source, int width, int height, PixelWindow window, ResizeFilter filter, byte[] target, ResizeScratch scratch)
    {
        scratch.Columns.Compute(source.Width, width, window.X, window.Width, filter);
        scratch.Rows.Compute(source.Height, height, window.Y, window.Height, filter);
        Run(source, scratch, target);
    }

    /// <summary>
    /// A row of the result needs a few neighbouring rows of the first pass; those are kept in a ring, so that the intermediate picture
    /// never exists as a whole.
    /// </summary>
    private static unsafe void Run(PixelRows image, ResizeScratch scratch, byte[] pixels)
    {
        ResizeWeights columns = scratch.Columns, rows = scratch.Rows;
        int length = 3 * columns.Length;
        int stride = length + ResizeKernels.Slack;
        if ((long)rows.MaxCount * stride > Array.MaxLength)
        {
            throw new ArgumentException(
                $"Each row of the result averages {rows.MaxCount} rows of {columns.Length} pixels, too many to hold; resize in two steps.", nameof(image));
        }

        byte[] ring = scratch.Ring((long)rows.MaxCount * stride);
        byte[] lastRow = scratch.LastRow((3L * image.Width) + ResizeKernels.Slack);
        image.Row(image.Height - 1).CopyTo(lastRow);
        byte** tap = stackalloc byte*[rows.MaxCount <= MostTapsOnStack ? rows.MaxCount : 0];
        byte*[]? manyTaps = rows.MaxCount <= MostTapsOnStack ? null : new byte*[rows.MaxCount];
        fixed (byte* source = image.Pixels, target = pixels, slots = ring, last = lastRow)
        fixed (byte** many = manyTaps)
        {
            tap = many == null ? tap : many;
            int next = 0;
            for (int y = 0; y < rows.Length; y++)
            {
                // The first pass reads one byte past each row: past the last one is not ours.
                for (next = Math.Max(next, rows.Start(y)); next < rows.End(y); next++)
                {
                    byte* row = next == image.Height - 1 ? last : source + image.RowStart(next);
                    ResizeKernels.AlongRow(row, slots + ((long)(next % rows.MaxCount) * stride), columns);
                }

                for (int row = rows.Start(y); row < rows.End(y); row++)
                {
                    tap[row - rows.Start(y)] = slots + ((long)(row % rows.MaxCount) * stride);
                }

                ResizeKernels.AcrossRows(tap, rows.Weights(y), target + ((long)y * length), length);
            }
        }
    }
}
