using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>
/// Which images a network was trained on and which its best weights were selected by, as short hashes of their content: enough to see that a test set
/// has images that the network knows, not enough to get an image back. It does tell whoever has an image whether it was among them.
/// </summary>
/// <remarks>
/// An image is known again by the first 40 bits of its <see cref="ImageHash"/>. Of images that were never seen, at most 50,000 in 2^40 (one of 20
/// million) are taken for seen. Of more than <see cref="MaxHashCount"/> images those with the lowest hashes are kept, which is a sample by chance, as
/// hashes are; of an image whose hash is above them the use is <see cref="ImageUse.Unknown"/>.
/// </remarks>
public sealed class TrainingFingerprint : IEquatable<TrainingFingerprint>
{
    /// <summary>The most hashes that a file of weights carries: those of 50,000 images take 230 KB.</summary>
    public const int MaxHashCount = 50_000;

    internal const int HashBits = 40;
    private readonly Dictionary<ulong, ImageUse> _uses;

    internal TrainingFingerprint(IReadOnlyDictionary<ulong, ImageUse> uses, IReadOnlyList<ImageHashKind> kinds, ulong bound, int trainedCount, int selectedCount)
    {
        _uses = new Dictionary<ulong, ImageUse>(uses);
        Kinds = kinds;
        Bound = bound;
        TrainedCount = trainedCount;
        SelectedCount = selectedCount;
    }

    /// <summary>How many different images were trained on, all counted where the fingerprint is a sample.</summary>
    public int TrainedCount { get; }

    /// <summary>How many different images, none of them trained on, the best weights were selected by.</summary>
    public int SelectedCount { get; }

    /// <summary>What the hashes are hashes of, in the order of the enumeration.</summary>
    public IReadOnlyList<ImageHashKind> Kinds { get; }

    /// <summary>Whether every image is in it, and not a sample.</summary>
    public bool IsComplete => Bound == 1UL << HashBits;

    /// <summary>Hashes from this one on were left out.</summary>
    internal ulong Bound { get; }

    internal IReadOnlyDictionary<ulong, ImageUse> Uses => _uses;

    /// <summary>Makes the fingerprint of a training.</summary>
    /// <param name="trained">The images that were trained on; one that occurs more than once counts once.</param>
    /// <param name="selected">The images that the best weights were selected by.</param>
    /// <param name="maxHashCount">The most hashes to keep. Default: <see cref="MaxHashCount"/>, what a file of weights carries.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than one hash to keep.</exception>
    public static TrainingFingerprint Of(IEnumerable<ImageHash> trained, IEnumerable<ImageHash> selected, int maxHashCount = MaxHashCount)
    {
        ArgumentNullException.ThrowIfNull(trained);
        ArgumentNullException.ThrowIfNull(selected);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxHashCount, 1);
        var uses = new Dictionary<ulong, ImageUse>();
        var kinds = new HashSet<ImageHashKind>();
        foreach (var (hashes, use) in new[] { (trained, ImageUse.Trained), (selected, ImageUse.Selected) })
        {
            foreach (var hash in hashes)
            {
                _ = uses.TryAdd(Short(hash), use);
                _ = kinds.Add(hash.Kind);
            }
        }

        int trainedCount = uses.Values.Count(use => use == ImageUse.Trained);
        return new TrainingFingerprint(uses, [.. kinds.Order()], 1UL << HashBits, trainedCount, uses.Count - trainedCount).Sampled(maxHashCount);
    }

    /// <summary>Joins the fingerprints of two trainings, the second of which went on with the weights of the first.</summary>
    /// <param name="other">The other one; null: none.</param>
    /// <returns>A fingerprint that a file of weights can carry. Counts are sums where one of both is a sample.</returns>
    public TrainingFingerprint Union(TrainingFingerprint? other)
    {
        if (other is null)
        {
            return this;
        }

        var uses = new Dictionary<ulong, ImageUse>(_uses);
        foreach (var (hash, use) in other._uses)
        {
            uses[hash] = uses.TryGetValue(hash, out var own) && own == ImageUse.Trained ? own : use;
        }

        ulong bound = Math.Min(Bound, other.Bound);
        bool isComplete = IsComplete && other.IsComplete;
        int trained = isComplete ? uses.Values.Count(use => use == ImageUse.Trained) : (int)Math.Min(int.MaxValue, (long)TrainedCount + other.TrainedCount);
        int selected = isComplete ? uses.Count - trained : (int)Math.Min(int.MaxValue, (long)SelectedCount + other.SelectedCount);
        var below = uses.Where(pair => pair.Key < bound).ToDictionary();
        return new TrainingFingerprint(below, [.. Kinds.Union(other.Kinds).Order()], bound, trained, selected).Sampled(MaxHashCount);
    }

    /// <summary>Looks an image up.</summary>
    /// <param name="hash">Its hash, of a kind in <see cref="Kinds"/>: others are never found.</param>
    /// <returns>What it was to the training.</returns>
    public ImageUse UseOf(ImageHash hash) =>
        _uses.TryGetValue(Short(hash), out var use) ? use : Short(hash) < Bound ? ImageUse.Unseen : ImageUse.Unknown;

    /// <inheritdoc/>
    public bool Equals(TrainingFingerprint? other) =>
        other is not null
        && (TrainedCount, SelectedCount, Bound, _uses.Count) == (other.TrainedCount, other.SelectedCount, other.Bound, other._uses.Count)
        && Kinds.SequenceEqual(other.Kinds)
        && _uses.All(pair => other._uses.TryGetValue(pair.Key, out var use) && use == pair.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrainingFingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TrainedCount, SelectedCount, Bound, _uses.Count);

    /// <summary>Those with the lowest hashes, where there are more.</summary>
    internal TrainingFingerprint Sampled(int maxHashCount)
    {
        if (_uses.Count <= maxHashCount)
        {
            return this;
        }

        ulong bound = _uses.Keys.Order().ElementAt(maxHashCount);
        return new TrainingFingerprint(_uses.Where(pair => pair.Key < bound).ToDictionary(), Kinds, bound, TrainedCount, SelectedCount);
    }

    private static ulong Short(ImageHash hash) => hash.Value >> (64 - HashBits);
}
