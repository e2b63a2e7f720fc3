using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// How <see cref="Evaluator"/> looks at the pictures. Section 3.4 of the paper tests on ten crops, and for its best results on whole pictures at
/// five scales: <c>new() { Crops = TestCrops.Ten }</c> and <c>new() { Scales = EvaluationOptions.PaperScales, FullyConvolutional = true }</c>.
/// </summary>
public sealed record EvaluationOptions
{
    /// <summary>The shorter sides, in pixels, that the paper's fully convolutional test averages over (3.4): 224, 256, 384, 480 and 640.</summary>
    public static IReadOnlyList<int> PaperScales { get; } = [224, 256, 384, 480, 640];

    /// <summary>How many views go through the network at once; ten crops are ten views. It changes the numbers by rounding only.</summary>
    /// <value>At least 1. Default: 128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>How many threads read and decode pictures. It changes no number.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Which crops of a picture the network sees.</summary>
    /// <value>Default: null, what <see cref="Preprocessing.Crops"/> of the weights says, mostly the centre crop.</value>
    public TestCrops? Crops { get; init; }

    /// <summary>
    /// Whether the network sees the whole picture instead of crops: an average pool as large as the last map of a crop (7×7 for 224) moves over its last map by
    /// steps of 1, the classifier judges every position, and their scores are averaged (3.4).
    /// </summary>
    /// <value>Default: false. It excludes <see cref="Crops"/> = <see cref="TestCrops.Ten"/>.</value>
    public bool FullyConvolutional { get; init; }

    /// <summary>Lengths in pixels of the shorter side; the scores of all of them are averaged, each scale counting alike.</summary>
    /// <value>Each at least the crop's size, none twice. Default: null, the one of <see cref="Preprocessing.ResizeShorterSide"/>.</value>
    public IReadOnlyList<int>? Scales { get; init; }

    /// <summary>Whether the mirror image of every view is looked at too. Ten crops hold theirs already.</summary>
    /// <value>Default: false.</value>
    public bool Flip { get; init; }

    /// <summary>Pixels added on each side, after the resize and before the crops: black, or zero after a mean at each pixel.</summary>
    /// <value>0 or more. Default: null, an eighth of the crop where ten crops are cut out of pictures that are not resized (4 for CIFAR's
    /// 32×32, whose ten crops would be two otherwise), else 0.</value>
    public int? Padding { get; init; }

    /// <summary>What is averaged over crops, positions and scales.</summary>
    /// <value>Default: <see cref="ScoreAveraging.Softmax"/>.</value>
    public ScoreAveraging Averaging { get; init; }

    /// <summary>
    /// What is done to every picture that was resized, such as noise, to test robustness: to the centre crop where that is all that is looked at, else
    /// to the whole picture, before padding and crops.
    /// </summary>
    /// <value>Default: null, nothing. Its chance comes from <see cref="Seed"/> and the picture's index alone.</value>
    public ITransform? Corruption { get; init; }

    /// <summary>Where the chance of <see cref="Corruption"/> comes from.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }
}
