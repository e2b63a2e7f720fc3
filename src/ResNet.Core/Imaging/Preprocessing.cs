namespace ResNet.Imaging;

/// <summary>
/// What happens to a picture before a network sees it: resize of the shorter side, centre crop, normalization. Part of a model's description,
/// since a network answers right only for pictures treated as in its training.
/// </summary>
public sealed record Preprocessing
{
    /// <summary>Shorter side to 256, crop of 224, bilinear: torchvision's first weights (V1) and the paper's single-crop test.</summary>
    public static Preprocessing ImageNet { get; } =
        new() { ResizeShorterSide = 256, CropSize = 224, Normalization = Normalization.ImageNet };

    /// <summary>Shorter side to 232, crop of 224, bilinear: torchvision's second weights (V2).</summary>
    public static Preprocessing ImageNetV2 { get; } =
        new() { ResizeShorterSide = 232, CropSize = 224, Normalization = Normalization.ImageNet };

    /// <summary>No resize, crop of 32: CIFAR-10's pictures as they are.</summary>
    public static Preprocessing Cifar10 { get; } = new() { CropSize = 32, Normalization = Normalization.Cifar10 };

    /// <summary>The length in pixels to which the shorter side is resized; the longer one becomes <c>int(size * longer / shorter)</c>.</summary>
    /// <value>At least 1. Default: null, the picture keeps its size.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? ResizeShorterSide
    {
        get;
        init
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "ResizeShorterSide must be at least 1, or null for no resize.");
            }

            field = value;
        }
    }

    /// <summary>Width and height in pixels of the centre crop, and so of the network's input.</summary>
    /// <value>At least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public required int CropSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "CropSize must be at least 1.");
    }

    /// <summary>The filter of the resize.</summary>
    /// <value>Default: <see cref="ResizeFilter.Bilinear"/>.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>How bytes become numbers, once the picture is cropped.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>Resizes and crops. Only what the crop shows is computed; the result is the same as resizing first.</summary>
    /// <param name="image">A picture of any size; it is not changed.</param>
    /// <returns>A picture of <see cref="CropSize"/> x <see cref="CropSize"/>, in bytes: <see cref="Normalization"/> is applied later,
    /// by <see cref="ImageTensor.FromImages"/>.</returns>
    /// <remarks>
    /// Where the shorter side would be shorter than the crop (a small picture without a resize, or a resize to less than the crop), the
    /// picture is resized so that its shorter side is the crop's. torchvision pads with black there.
    /// </remarks>
    public RgbImage Apply(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        int shorter = Math.Max(CropSize, ResizeShorterSide ?? Math.Min(image.Width, image.Height));
        (int width, int height) = ImageResizer.SizeForShorterSide(image.Width, image.Height, shorter);
        int x = ImageCrop.CenterOffset(width, CropSize);
        int y = ImageCrop.CenterOffset(height, CropSize);
        return ImageResizer.ResizeAndCrop(image, width, height, new PixelWindow(x, y, CropSize, CropSize), Filter);
    }
}
