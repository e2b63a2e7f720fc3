using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;

namespace ResNet.DependencyInjection;

/// <summary>Which classifier a container makes. Faults are listed all at once, when the host starts or the classifier is first asked for.</summary>
public sealed class ImageClassifierOptions
{
    /// <summary>
    /// The file of weights, or a folder as the Hugging Face Hub lays timm's networks out. One that says its network
    /// (<see cref="WeightsExtensions.SaveWeights"/>) needs nothing besides.
    /// </summary>
    /// <value>Default: null; then <see cref="Pretrained"/> or <see cref="Create"/> must be given.</value>
    public string? WeightsPath { get; set; }

    /// <summary>
    /// The name of published weights, such as <c>resnet50</c> (<see cref="PretrainedWeights"/>). They come from the cache, or are downloaded when
    /// the classifier is made: with <see cref="LoadAtStart"/> before the host serves anyone.
    /// </summary>
    /// <value>Default: null; then <see cref="WeightsPath"/> or <see cref="Create"/> must be given.</value>
    public string? Pretrained { get; set; }

    /// <summary>Makes the classifier from something else; the container disposes it.</summary>
    /// <value>Default: null; then <see cref="WeightsPath"/> or <see cref="Pretrained"/> must be given.</value>
    public Func<IServiceProvider, ImageClassifier>? Create { get; set; }

    /// <summary>The shape of the network, for a file that does not say it.</summary>
    /// <value>Default: null, as the file says. Together with <see cref="Preprocessing"/> only.</value>
    public ResNetOptions? Network { get; set; }

    /// <summary>How pictures are prepared, for a file that does not say it.</summary>
    /// <value>Default: null, as the file says. Together with <see cref="Network"/> only.</value>
    public Preprocessing? Preprocessing { get; set; }

    /// <summary>The names of the classes, for a file that does not say them.</summary>
    /// <value>Default: null. Together with <see cref="Network"/> only.</value>
    public ClassLabels? Labels { get; set; }

    /// <summary>Where the network runs: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. <see cref="Create"/> decides for itself.</summary>
    /// <value>Default: <c>cpu</c>.</value>
    public string Device { get; set; } = "cpu";

    /// <summary>Whether the model itself runs or a network compiled of it. <see cref="Create"/> decides for itself.</summary>
    /// <value>Default: <see cref="EngineChoice.Auto"/>, compiled where that is possible and right.</value>
    public EngineChoice Engine { get; set; } = EngineChoice.Auto;

    /// <summary>The numbers that a compiled network computes in. <see cref="Create"/> decides for itself.</summary>
    /// <value>Default: <see cref="CompilePrecision.Float32"/>. <see cref="EngineChoice.Eager"/> goes with no other, <see cref="CompilePrecision.Int8"/> needs <see cref="CalibrationFolder"/>.</value>
    public CompilePrecision Precision { get; set; } = CompilePrecision.Float32;

    /// <summary>
    /// A folder of some hundred photos like those to be classified: int8 is calibrated on them, and the self-check of every precision looks at eight
    /// (<see cref="EngineOptions.CalibrationFolder"/>). <see cref="Create"/> decides for itself.
    /// </summary>
    /// <value>Default: null. It is no choice for <see cref="EngineChoice.Eager"/>.</value>
    public string? CalibrationFolder { get; set; }

    /// <summary>The most pixels (width times height) of an image; strangers send images to hosts, and a few kilobytes can claim to be gigabytes.</summary>
    /// <value>Default: 25,000,000. Null: no limit but <see cref="MaxMemorySize"/>.</value>
    public long? MaxPixelCount { get; set; } = ImageDecodeOptions.Untrusted.MaxPixelCount;

    /// <summary>The most bytes of an image's file or stream, which is read no further.</summary>
    /// <value>Default: 16 MiB. Null: no limit but that of one array.</value>
    public long? MaxByteCount { get; set; } = ImageDecodeOptions.Untrusted.MaxByteCount;

    /// <summary>The most memory in bytes that decoding one image may take, reckoned from its header: progressive JPEGs and the like take more than others.</summary>
    /// <value>Default: 256 MiB. Null: what <see cref="MaxPixelCount"/> comes to.</value>
    public long? MaxMemorySize { get; set; } = ImageDecodeOptions.Untrusted.MaxMemorySize;

    /// <summary>How many images are decoded at once.</summary>
    /// <value>Default: the number of processors.</value>
    public int MaxConcurrentDecodes { get; set; } = ClassifierLimits.Untrusted.MaxConcurrentDecodes;

    /// <summary>How many calls may wait besides; one more ends at once in an <see cref="ImageQueueFullException"/>.</summary>
    /// <value>Default: 32. Null: any number.</value>
    public int? MaxQueueLength { get; set; } = ClassifierLimits.Untrusted.MaxQueueLength;

    /// <summary>Whether the classifier is made when the host starts, and the start fails where it cannot be.</summary>
    /// <value>Default: false, when it is first asked for.</value>
    public bool LoadAtStart { get; set; }

    /// <summary>The limits as the classifier takes them.</summary>
    internal ClassifierLimits ToLimits() => new()
    {
        Decoding = new ImageDecodeOptions { MaxPixelCount = MaxPixelCount, MaxByteCount = MaxByteCount, MaxMemorySize = MaxMemorySize },
        MaxConcurrentDecodes = MaxConcurrentDecodes,
        MaxQueueLength = MaxQueueLength,
    };
}
