namespace ResNet.Imaging;

/// <summary>Where the ten crops of a picture lie.</summary>
internal static class TenCrop
{
    /// <summary>Cuts all ten, in torchvision's order: top left, top right, bottom left, bottom right, middle, and the same of the mirror image.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="cropWidth">Width of a crop.</param>
    /// <param name="cropHeight">Height of a crop.</param>
    /// <param name="cut">Cuts a rectangle out of the picture, as a copy.</param>
    public static RgbImage[] Cut(int width, int height, int cropWidth, int cropHeight, Func<PixelWindow, RgbImage> cut)
    {
        ImageCrop.EnsureWithin(width, height, 0, 0, cropWidth, cropHeight);
        int right = width - cropWidth;
        int bottom = height - cropHeight;
        int middle = ImageCrop.CenterOffset(width, cropWidth);
        int level = ImageCrop.CenterOffset(height, cropHeight);
        RgbImage[] plain = [At(0, 0), At(right, 0), At(0, bottom), At(right, bottom), At(middle, level)];

        // The left of the mirror image is the right of the picture; its middle is another one where the margin is odd.
        RgbImage mirroredMiddle = 2 * middle == right ? plain[4] : At(right - middle, level);
        RgbImage[] turned = [plain[1], plain[0], plain[3], plain[2], mirroredMiddle];
        return [.. plain, .. turned.Select(image => image.Mirrored())];

        RgbImage At(int x, int y) => cut(new PixelWindow(x, y, cropWidth, cropHeight));
    }
}
