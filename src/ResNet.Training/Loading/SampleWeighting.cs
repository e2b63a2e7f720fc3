namespace ResNet.Training;

/// <summary>
/// Draws the pictures of an epoch at random, with replacement, some more often than others: for data sets whose classes differ in size.
/// </summary>
public sealed record SampleWeighting
{
    private readonly double[] _sums;

    /// <summary>Weighs pictures.</summary>
    /// <param name="weights">For each picture how often it is drawn, relative to the others: 0 (never) or more.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0.</exception>
    public SampleWeighting(IEnumerable<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _sums = [.. weights];
        double sum = 0;
        for (int i = 0; i < _sums.Length; i++)
        {
            if (!(_sums[i] >= 0) || !double.IsFinite(_sums[i]))
            {
                throw new ArgumentException(Invariant($"The weight of picture {i} is {_sums[i]}; weights must be 0 or more."), nameof(weights));
            }

            _sums[i] = sum += _sums[i];
        }

        if (!(sum > 0) || !double.IsFinite(sum))
        {
            throw new ArgumentException(Invariant($"The weights sum up to {sum}; the sum must be above 0 and finite."), nameof(weights));
        }
    }

    /// <summary>How many pictures are weighed: as many as the data set has.</summary>
    public int Count => _sums.Length;

    /// <summary>How many pictures an epoch draws.</summary>
    /// <value>1 or more. Default: null, as many as the data set has.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? EpochLength
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An epoch must have at least one picture.");
    }

    /// <summary>Weighs pictures so that every class is drawn equally often, whatever its size.</summary>
    /// <param name="dataset">The data set.</param>
    /// <returns>The weights: one over the size of the picture's class.</returns>
    /// <exception cref="ArgumentException">The data set is empty.</exception>
    public static SampleWeighting Balanced(IImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        int[] labels = [.. Enumerable.Range(0, dataset.Count).Select(dataset.LabelOf)];
        var sizes = labels.CountBy(label => label).ToDictionary();
        return new SampleWeighting(labels.Select(label => 1.0 / sizes[label]));
    }

    /// <summary>Whether both weigh alike.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True when all weights, and the length of the epoch, are equal.</returns>
    public bool Equals(SampleWeighting? other) => other is not null && EpochLength == other.EpochLength && _sums.AsSpan().SequenceEqual(other._sums);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EpochLength, _sums.Length, _sums[^1]);

    /// <summary>How many pictures are weighed, for people.</summary>
    /// <returns>Such as "50000 weighed pictures".</returns>
    public override string ToString() => $"{_sums.Length} weighed pictures";

    /// <summary>Draws one picture.</summary>
    internal int Draw(SampleRandom random)
    {
        // Below the sum, which the product could be rounded up to.
        double at = Math.Min(random.NextDouble() * _sums[^1], Math.BitDecrement(_sums[^1]));
        int found = Array.BinarySearch(_sums, at);

        // The first picture whose sum is above; pictures of weight 0 have the sum of the one before.
        int index = found >= 0 ? found + 1 : ~found;
        while (_sums[index] <= at)
        {
            index++;
        }

        return index;
    }
}
