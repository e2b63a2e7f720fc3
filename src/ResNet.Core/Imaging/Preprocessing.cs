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

    /// <summary>Shorter side to 32, crop of 32, bilinear: CIFAR-10's images stay as they are, and a photo is seen whole instead of its middle 32x32 pixels.</summary>
    public static Preprocessing Cifar10 { get; } = new() { ResizeShorterSide = 32, CropSize = 32, Normalization = Normalization.Cifar10 };

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

    /// <summary>Which crops the network is asked about, its softmax scores being averaged.</summary>
    /// <value>Default: <see cref="TestCrops.Center"/>. <see cref="TestCrops.Ten"/> makes the network's work tenfold. It concerns
    /// <see cref="ApplyAll"/>, and so <see cref="Inference.ImageClassifier"/>, and the evaluator of ResNet.Training where its options do not say otherwise;
    /// <see cref="Apply(RgbImage)"/>, training, and validation meanwhile always cut out the middle.</value>
    /// <exception cref="ArgumentOutOfRangeException">No value of the enumeration.</exception>
    public TestCrops Crops
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Crops must be Center or Ten.");
    }

    /// <summary>How many pictures <see cref="ApplyAll"/> makes of one: 1 or 10.</summary>
    internal int ViewCount => Crops == TestCrops.Ten ? 10 : 1;

    /// <summary>The paper's preparation for ImageNet (3.4): shorter side to 256, crop of 224, the training set's per-pixel mean subtracted.</summary>
    /// <param name="mean">The mean of the training pictures, best of 224x224.</param>
    /// <returns>With the centre crop; the paper's comparisons are of <c>with { Crops = TestCrops.Ten }</c>.</returns>
    public static Preprocessing PaperImageNet(PixelMean mean) =>
        new() { ResizeShorterSide = 256, CropSize = 224, Normalization = Normalization.OfPixelMean(mean) };

    /// <summary>The paper's preparation for CIFAR-10 (4.2): the 32x32 images as they are (others are made as small), the training set's per-pixel mean subtracted.</summary>
    /// <param name="mean">The mean of the training pictures, best of 32x32.</param>
    /// <returns>With the single view, as the paper tests.</returns>
    public static Preprocessing PaperCifar10(PixelMean mean) => Cifar10 with { Normalization = Normalization.OfPixelMean(mean) };

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
        (int width, int height) = SizeBeforeCrop(image);
        int x = ImageCrop.CenterOffset(width, CropSize);
        int y = ImageCrop.CenterOffset(height, CropSize);
        return ImageResizer.ResizeAndCrop(image, width, height, new PixelWindow(x, y, CropSize, CropSize), Filter);
    }

    /// <summary>Notes on a canvas what <see cref="Apply(RgbImage)"/> does; the pixels are the same.</summary>
    /// <param name="canvas">A picture of any size.</param>
    public void Apply(ImageCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.ResizeShorterSide(Math.Max(CropSize, ResizeShorterSide ?? Math.Min(canvas.Width, canvas.Height)), Filter);
        canvas.Crop(ImageCrop.CenterOffset(canvas.Width, CropSize), ImageCrop.CenterOffset(canvas.Height, CropSize), CropSize, CropSize);
    }

    /// <summary>Makes all views of a picture that <see cref="Crops"/> asks for, resizing it once.</summary>
    /// <param name="image">A picture of any size; it is not changed. Small ones are treated as by <see cref="Apply(RgbImage)"/>.</param>
    /// <returns>The centre crop alone, or ten crops in the order of <see cref="ImageCrop.Ten"/>.</returns>
    public IReadOnlyList<RgbImage> ApplyAll(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (Crops == TestCrops.Center)
        {
            return [Apply(image)];
        }

        (int width, int height) = SizeBeforeCrop(image);

        // A panorama has more pixels than its crops show, a picture like a thread by so much that it would not fit the memory.
        const int DifferentCrops = 5;
        if ((long)width * height > DifferentCrops * (long)CropSize * CropSize)
        {
            return TenCrop.Cut(width, height, CropSize, CropSize, window => ImageResizer.ResizeAndCrop(image, width, height, window, Filter));
        }

        RgbImage resized = width == image.Width && height == image.Height ? image : ImageResizer.Resize(image, width, height, Filter);
        return ImageCrop.Ten(resized, CropSize, CropSize);
    }

    private (int Width, int Height) SizeBeforeCrop(RgbImage image)
    {
        int shorter = Math.Max(CropSize, ResizeShorterSide ?? Math.Min(image.Width, image.Height));
        return ImageResizer.SizeForShorterSide(image.Width, image.Height, shorter);
    }
}
