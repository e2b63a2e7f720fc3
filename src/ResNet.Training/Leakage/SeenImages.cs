using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>Which images of a test set a network has seen in training: on those its error says nothing of how it does on new ones.</summary>
public sealed record SeenImages
{
    /// <summary>How many images were looked at.</summary>
    public required int ImageCount { get; init; }

    /// <summary>How many of them the network was trained on.</summary>
    public required int TrainedCount { get; init; }

    /// <summary>How many of them the best weights were selected by.</summary>
    public required int SelectedCount { get; init; }

    /// <summary>How many of them nothing is known of, since the fingerprint is a sample of more images than a file carries.</summary>
    public required int UnknownCount { get; init; }

    /// <summary>The indices of the images that were not seen for certain, in order.</summary>
    public required IReadOnlyList<int> UnseenIndices { get; init; }

    /// <summary>Whether the seen images are left out of the test.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool LeftOut { get; init; }

    /// <summary>How many of the images were trained on or selected by.</summary>
    public int SeenCount => TrainedCount + SelectedCount;

    /// <summary>Whether the seen images can be left out: there are some, each is known, and others remain.</summary>
    public bool CanBeLeftOut => SeenCount > 0 && UnknownCount == 0 && UnseenIndices.Count > 0;

    /// <summary>How many of all images were probably seen; where nothing is unknown, <see cref="SeenCount"/>.</summary>
    public int EstimatedSeenCount => UnknownCount == ImageCount ? 0 : (int)Math.Round((double)SeenCount / (ImageCount - UnknownCount) * ImageCount);

    /// <summary>Looks for images that a network has seen. Each image is read once.</summary>
    /// <param name="images">The images to test on.</param>
    /// <param name="fingerprint">What the network was trained on (<see cref="ModelDescription.Fingerprint"/>).</param>
    /// <param name="workerCount">How many threads read. Default: null, one for each processor.</param>
    /// <param name="progress">Receives the fraction that is done. Default: null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SeenImages Find(
        IImageDataset images, TrainingFingerprint fingerprint, int? workerCount = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Find(images, [fingerprint], workerCount, progress, cancellationToken);

    /// <summary>Looks for images that any of several networks has seen, which are to be compared.</summary>
    /// <param name="images">The images to test on.</param>
    /// <param name="fingerprints">What the networks were trained on.</param>
    /// <param name="workerCount">How many threads read. Default: null, one for each processor.</param>
    /// <param name="progress">Receives the fraction that is done. Default: null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found; an image that one network was trained on and another selected by counts as trained on.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SeenImages Find(
        IImageDataset images,
        IReadOnlyList<TrainingFingerprint> fingerprints,
        int? workerCount = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(fingerprints);
        var uses = new ImageUse[images.Count];
        ImageHashKind[] kinds = [.. fingerprints.SelectMany(fingerprint => fingerprint.Kinds).Distinct()];
        ImageHashes.ForEach(images.Count, workerCount ?? Environment.ProcessorCount, Look, progress, cancellationToken);
        return new SeenImages
        {
            ImageCount = uses.Length,
            TrainedCount = uses.Count(use => use == ImageUse.Trained),
            SelectedCount = uses.Count(use => use == ImageUse.Selected),
            UnknownCount = uses.Count(use => use == ImageUse.Unknown),
            UnseenIndices = [.. Enumerable.Range(0, uses.Length).Where(index => uses[index] == ImageUse.Unseen)],
        };

        void Look(int index)
        {
            var hashes = ImageHashes.Of(images, index, kinds).ToList();
            uses[index] = fingerprints.SelectMany(fingerprint => hashes.Select(fingerprint.UseOf)).DefaultIfEmpty(ImageUse.Unseen).MinBy(Rank);
        }
    }

    // What is certain goes before what is not: one hash of an image may be found, and another be out of the sample.
    private static int Rank(ImageUse use) => use switch
    {
        ImageUse.Trained => 0,
        ImageUse.Selected => 1,
        ImageUse.Unknown => 2,
        _ => 3,
    };
}
