using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What the options come to for a network and its preprocessing: which views of a picture are made, in which order.</summary>
internal sealed class EvaluationPlan
{
    private const int MirroredToo = 2;

    public EvaluationPlan(ResNetOptions network, Preprocessing preprocessing, EvaluationOptions options)
    {
        Preprocessing = preprocessing;
        int? own = preprocessing.ResizeShorterSide is { } shorter ? Math.Max(shorter, preprocessing.CropSize) : null;
        Scales = options.Scales is { } given ? [.. given.Select(scale => (int?)scale)] : [own];
        bool isTen = !options.FullyConvolutional && (options.Crops ?? preprocessing.Crops) == TestCrops.Ten;
        int padding = options.Padding ?? (isTen && (KeepsSizes || IsWholeCifarPicture(network)) ? CropSize / 8 : 0);
        Options = options with
        {
            Crops = options.FullyConvolutional ? null : isTen ? TestCrops.Ten : TestCrops.Center,
            Scales = KeepsSizes ? null : [.. Scales.OfType<int>()],
            Padding = padding,
            Flip = options.Flip && !isTen,
        };
        Padding = padding;
        IsTen = isTen;
        ViewsPerScale = isTen ? TenCrop.Count : options.Flip ? MirroredToo : 1;
        PoolSize = network.LastMapSize(CropSize);
        ViewsPerBatch = network.BatchSizeFor(options.BatchSize, CropSize);
    }

    /// <summary>CIFAR's pictures are square and as large as the crop, even where photos are made as small first: no margin is left to crop in.</summary>
    private bool IsWholeCifarPicture(ResNetOptions network) => network.Stem == StemKind.Cifar && Scales.All(scale => scale == CropSize);

    public Preprocessing Preprocessing { get; }

    /// <summary>The options with what null meant filled in; scales stay null where pictures keep their sizes, crops where there are none.</summary>
    public EvaluationOptions Options { get; }

    /// <summary>Shorter sides; null where pictures keep their sizes.</summary>
    public IReadOnlyList<int?> Scales { get; }

    /// <summary>Whether no picture is resized, so that any may be too small.</summary>
    public bool KeepsSizes => Scales[0] is null;

    public int CropSize => Preprocessing.CropSize;

    public int Padding { get; }

    public bool IsTen { get; }

    public int ViewsPerScale { get; }

    public int ViewCount => Scales.Count * ViewsPerScale;

    /// <summary>Side of the last map of a crop.</summary>
    public int PoolSize { get; }

    /// <summary>Views that the network, and the memory, have at a time: <see cref="EvaluationOptions.BatchSize"/>, or fewer where they are very large.</summary>
    public int ViewsPerBatch { get; }

    public long CropArea => (long)CropSize * CropSize;

    /// <summary>Whether all pixels of a resized picture are needed, instead of those that crops show.</summary>
    public bool NeedsWholePictures => Options.FullyConvolutional || (Options.Corruption is not null && (IsTen || Padding > 0));

    /// <summary>How many pictures are read as one batch, so that the network, and the memory, have <see cref="ViewsPerBatch"/> views at a time.</summary>
    /// <param name="largestArea">Pixels of the largest picture, where pictures keep their sizes and theirs are known.</param>
    public int PicturesPerBatch(long? largestArea)
    {
        double crops = ViewCount;
        if (Options.FullyConvolutional)
        {
            // Not known, they may well be photos.
            const int PhotoArea = 16;
            double own = (largestArea ?? PhotoArea * CropArea) / (double)CropArea;
            crops = ViewsPerScale * Scales.Sum(scale => scale is { } side ? Math.Pow((side + (2.0 * Padding)) / CropSize, 2) : own);
        }

        return (int)Math.Clamp(ViewsPerBatch / crops, 1, ViewsPerBatch);
    }

    /// <summary>How many views of a size go through the network at once.</summary>
    public int ViewsAtOnce(int width, int height)
    {
        const int BytesPerPixel = 3 * sizeof(float);
        long area = (long)width * height;
        return (int)Math.Clamp(ViewsPerBatch * CropArea / area, 1, Math.Max(1, int.MaxValue / (BytesPerPixel * area)));
    }
}
