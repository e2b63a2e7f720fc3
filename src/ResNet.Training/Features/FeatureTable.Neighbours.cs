namespace ResNet.Training;

public sealed partial class FeatureTable
{
    /// <summary>Finds the pictures most like one of the table; it is none of its own neighbours.</summary>
    /// <param name="index">Its row.</param>
    /// <param name="top">How many to find, 1 or more; all others if there are fewer. Default: 5.</param>
    /// <returns>The most similar first; equally similar ones in the table's order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or <paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<Neighbour> Nearest(int index, int top = 5)
    {
        var query = Row(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return NeighbourSearch.Find(query, _values, FeatureCount, top, (_, row) => row == index, null, CancellationToken.None)[0];
    }

    /// <summary>Finds the pictures most like one that is not in the table.</summary>
    /// <param name="features">Its features, <see cref="FeatureCount"/> numbers of the same network.</param>
    /// <param name="top">How many to find, 1 or more; all if there are fewer. Default: 5.</param>
    /// <returns>The most similar first; equally similar ones in the table's order.</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<Neighbour> Nearest(ReadOnlyMemory<float> features, int top = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return features.Length == FeatureCount
            ? NeighbourSearch.Find(features, _values, FeatureCount, top, (_, _) => false, null, CancellationToken.None)[0]
            : throw new ArgumentException(Invariant($"There are {features.Length} numbers, but the table's rows have {FeatureCount}; use the network that made the table."), nameof(features));
    }

    /// <summary>Finds for every picture of the table the others most like it. The work grows with the square of their number.</summary>
    /// <param name="top">How many to find for each, 1 or more; all others if there are fewer. Default: 1.</param>
    /// <param name="progress">Hears which share is done, 0 to 1. Default: null, nobody does.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One list a picture, in the table's order, as <see cref="Nearest(int, int)"/> gives it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<Neighbour>> NearestOfEach(int top = 1, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return NeighbourSearch.Find(_values, _values, FeatureCount, top, (query, row) => query == row, progress, cancellationToken);
    }
}
