using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training;

/// <summary>
/// How <see cref="Evaluator"/> looks at the pictures. Section 3.4 of the paper tests on ten crops, and for its best results on whole pictures at
/// five scales: <c>new() { Crops = TestCrops.Ten }</c> and <c>new() { Scales = EvaluationOptions.PaperScales, FullyConvolutional = true }</c>.
/// </summary>
public sealed partial record EvaluationOptions
{
    /// <summary>The shorter sides, in pixels, that the paper's fully convolutional test averages over (3.4): 224, 256, 384, 480 and 640.</summary>
    public static IReadOnlyList<int> PaperScales { get; } = [224, 256, 384, 480, 640];

    /// <summary>
    /// How many views go through the network at once; ten crops are ten views, and of a whole picture each area of a crop counts as one, and
    /// of crops larger than 224x224 fewer go through where they would take much memory. It changes the numbers by rounding only.
    /// </summary>
    /// <value>At least 1. Default: 128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>How many threads read and decode pictures. It changes no number.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Which crops of a picture the network sees.</summary>
    /// <value>Default: null, what <see cref="Preprocessing.Crops"/> of the weights says, mostly the centre crop. To be null or
    /// <see cref="TestCrops.Center"/>, without meaning, where <see cref="FullyConvolutional"/> is set.</value>
    public TestCrops? Crops { get; init; }

    /// <summary>
    /// Whether the network sees the whole picture instead of crops: an average pool as large as the last map of a crop (7×7 for 224) moves over its last map by
    /// steps of 1, the classifier judges every position, and their scores are averaged (3.4; <see cref="ResNetModel.ForwardPositions"/>).
    /// </summary>
    /// <value>Default: false. It excludes <see cref="Crops"/> = <see cref="TestCrops.Ten"/>.</value>
    public bool FullyConvolutional { get; init; }

    /// <summary>Lengths in pixels of the shorter side; the scores of all of them are averaged, each scale counting alike.</summary>
    /// <value>At least one, each at least the crop's size, none twice; copied. Default: null, the one of <see cref="Preprocessing.ResizeShorterSide"/>,
    /// or the pictures' own where that is null too.</value>
    public IReadOnlyList<int>? Scales { get; init => field = value is null ? null : Array.AsReadOnly(value.ToArray()); }

    /// <summary>Whether the mirror image of every view is looked at too. Ten crops hold theirs already.</summary>
    /// <value>Default: false.</value>
    public bool Flip { get; init; }

    /// <summary>Pixels added on each side, after the resize and before the crops: black, or zero after a mean at each pixel.</summary>
    /// <value>0 to the crop's size. Default: null, an eighth of the crop where ten crops are cut out of pictures that are not resized, or by a CIFAR network out of pictures as small as the crop (4 for CIFAR's
    /// 32×32, whose ten crops would be two otherwise), else 0.</value>
    public int? Padding { get; init; }

    /// <summary>What is averaged over crops, positions and scales.</summary>
    /// <value>Default: <see cref="ScoreAveraging.Softmax"/>.</value>
    public ScoreAveraging Averaging { get; init; }

    /// <summary>
    /// Whether a picture that is smaller than the crop, and that nothing resizes, is enlarged until it is not, as <see cref="Preprocessing.Apply(RgbImage)"/>
    /// and therefore training do. Otherwise it is an error, since a figure on stretched pictures is seldom the one that was meant.
    /// </summary>
    /// <value>Default: false, an error that names the picture.</value>
    public bool EnlargeSmallPictures { get; init; }

    /// <summary>
    /// What is done to every picture that was resized, such as noise, to test robustness: to the centre crop where only that and its mirror image are
    /// looked at, without padding; else to the whole picture, before padding and crops.
    /// </summary>
    /// <value>Default: null, nothing. Its chance comes from <see cref="Seed"/> and the picture's index alone, anew at each scale.</value>
    public ITransform? Corruption { get; init; }

    /// <summary>Where the chance of <see cref="Corruption"/> comes from.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>
    /// Whether crops go through the model itself or a network compiled of it for the time of the evaluation. In float32 it changes scores by rounding only. Positions
    /// of whole pictures (<see cref="FullyConvolutional"/>) always come from the model itself.
    /// </summary>
    /// <value>Default: <see cref="EngineOptions.Auto"/>. A compiled network cannot be demanded together with <see cref="FullyConvolutional"/>.</value>
    public EngineOptions Engine { get; init; } = EngineOptions.Auto;

    /// <summary>Compares value by value, the scales too.</summary>
    /// <param name="other">The options to compare with.</param>
    /// <returns>Whether both look at pictures in the same way.</returns>
    public bool Equals(EvaluationOptions? other) =>
        other is not null
        && Scalars.Equals(other.Scalars)
        && Equals(Corruption, other.Corruption)
        && Equals(Engine, other.Engine)
        && (Scales is null ? other.Scales is null : other.Scales is not null && Scales.SequenceEqual(other.Scales));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scalars, Scales?.Count, Scales?.Sum(scale => (long)scale));

    private (int, int, (TestCrops?, bool, bool), int?, ScoreAveraging, bool, int) Scalars =>
        (BatchSize, WorkerCount, (Crops, FullyConvolutional, Flip), Padding, Averaging, EnlargeSmallPictures, Seed);
}
