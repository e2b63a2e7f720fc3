namespace ResNet.Imaging;

/// <summary>
/// Where the ten crops of a picture lie, in torchvision's order: top left, top right, bottom left, bottom right, middle, and the same of the
/// mirror image.
/// </summary>
internal static class TenCrop
{
    public const int Count = 10;

    /// <summary>How many of them, the first ones, are not mirrored; at most one of the others shows another window than these.</summary>
    public const int PlainCount = 5;

    /// <summary>The window of a crop on the picture as it is; from <see cref="PlainCount"/> on, what it shows is mirrored afterwards.</summary>
    public static PixelWindow Window(int crop, int width, int height, int cropWidth, int cropHeight)
    {
        int right = width - cropWidth;
        int x = (crop % PlainCount) switch
        {
            0 or 2 => 0,
            1 or 3 => right,
            _ => ImageCrop.CenterOffset(width, cropWidth),
        };
        int y = (crop % PlainCount) switch
        {
            0 or 1 => 0,
            2 or 3 => height - cropHeight,
            _ => ImageCrop.CenterOffset(height, cropHeight),
        };

        // The left of the mirror image is the right of the picture; its middle is another one where the margin is odd.
        return new PixelWindow(crop < PlainCount ? x : right - x, y, cropWidth, cropHeight);
    }

    /// <summary>Cuts all ten.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="cropWidth">Width of a crop.</param>
    /// <param name="cropHeight">Height of a crop.</param>
    /// <param name="cut">Cuts a rectangle out of the picture, as a copy.</param>
    public static RgbImage[] Cut(int width, int height, int cropWidth, int cropHeight, Func<PixelWindow, RgbImage> cut)
    {
        ImageCrop.EnsureWithin(width, height, 0, 0, cropWidth, cropHeight);
        var windows = new PixelWindow[Count];
        var images = new RgbImage[Count];
        for (int crop = 0; crop < Count; crop++)
        {
            windows[crop] = Window(crop, width, height, cropWidth, cropHeight);
            if (crop < PlainCount)
            {
                images[crop] = cut(windows[crop]);
                continue;
            }

            int plain = Array.IndexOf(windows, windows[crop], 0, PlainCount);
            images[crop] = (plain < 0 ? cut(windows[crop]) : images[plain]).Mirrored();
        }

        return images;
    }
}
