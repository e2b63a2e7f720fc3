namespace ResNet.Imaging;

/// <summary>Cuts rectangles out of pictures; the result is a copy.</summary>
public static class ImageCrop
{
    /// <summary>
    /// Cuts out the middle. The offset is <c>round((size - crop) / 2)</c> with halves to the even number, as torchvision's CenterCrop.
    /// </summary>
    /// <param name="image">The picture, at least as large as the crop.</param>
    /// <param name="width">Width of the crop in pixels, at least 1.</param>
    /// <param name="height">Height of the crop in pixels, at least 1.</param>
    /// <returns>A new picture of <paramref name="width"/> x <paramref name="height"/>.</returns>
    /// <exception cref="ArgumentException">The crop is larger than the picture, or empty.</exception>
    public static RgbImage Center(RgbImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        return At(image, CenterOffset(image.Width, width), CenterOffset(image.Height, height), width, height);
    }

    /// <summary>Cuts out a rectangle.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="x">Left column of the crop, from 0.</param>
    /// <param name="y">Top row of the crop, from 0.</param>
    /// <param name="width">Width of the crop in pixels, at least 1.</param>
    /// <param name="height">Height of the crop in pixels, at least 1.</param>
    /// <returns>A new picture of <paramref name="width"/> x <paramref name="height"/>.</returns>
    /// <exception cref="ArgumentException">The rectangle does not lie within the picture, or is empty.</exception>
    public static RgbImage At(RgbImage image, int x, int y, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        EnsureWithin(image.Width, image.Height, x, y, width, height);
        byte[] pixels = RgbImage.NewPixels(width, height);
        for (int row = 0; row < height; row++)
        {
            image.Row(y + row).Slice(3 * x, 3 * width).CopyTo(pixels.AsSpan(3 * row * width));
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>
    /// Cuts out the paper's ten test crops, in the order of torchvision's <c>ten_crop</c>: top left, top right, bottom left, bottom right,
    /// middle, then the same five of the mirror image.
    /// </summary>
    /// <param name="image">The picture, at least as large as the crop.</param>
    /// <param name="width">Width of a crop in pixels, at least 1.</param>
    /// <param name="height">Height of a crop in pixels, at least 1.</param>
    /// <returns>Ten new pictures of <paramref name="width"/> x <paramref name="height"/>.</returns>
    /// <exception cref="ArgumentException">The crop is larger than the picture, or empty.</exception>
    public static IReadOnlyList<RgbImage> Ten(RgbImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        return TenCrop.Cut(image.Width, image.Height, width, height, window => At(image, window.X, window.Y, width, height));
    }

    internal static int CenterOffset(int size, int crop) => (int)Math.Round((size - (double)crop) / 2, MidpointRounding.ToEven);

    internal static void EnsureWithin(int imageWidth, int imageHeight, int x, int y, int width, int height)
    {
        if (width < 1 || height < 1 || x < 0 || y < 0 || (long)x + width > imageWidth || (long)y + height > imageHeight)
        {
            throw new ArgumentException(
                $"A crop of {width}x{height} at ({x}, {y}) does not lie within a picture of {imageWidth}x{imageHeight}; "
                + "resize the picture first or ask for a smaller crop.",
                nameof(width));
        }
    }
}
