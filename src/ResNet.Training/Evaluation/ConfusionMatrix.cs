namespace ResNet.Training;

/// <summary>How many pictures of each class the network took for each class. What stands in the diagonal is right.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    internal ConfusionMatrix(int classCount, IEnumerable<PictureAnswer> answers)
    {
        ClassCount = classCount;
        _counts = new int[checked(classCount * classCount)];
        foreach (var answer in answers.Where(answer => answer.IsAnswered))
        {
            _counts[(answer.Label * classCount) + answer.Predicted]++;
        }
    }

    /// <summary>How many classes there are.</summary>
    public int ClassCount { get; }

    /// <summary>Pictures of one class that were taken for another, or rightly for the same. Pictures without an answer are nowhere.</summary>
    /// <param name="actual">The class of the pictures.</param>
    /// <param name="predicted">The class that the network named.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int Count(int actual, int predicted)
    {
        Check(actual, nameof(actual));
        Check(predicted, nameof(predicted));
        return _counts[(actual * ClassCount) + predicted];
    }

    /// <summary>The pairs of classes that are confused most often.</summary>
    /// <param name="most">How many pairs at most, 0 or more.</param>
    /// <returns>The most frequent first, pairs of one frequency by their classes; only pairs that occur.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public IReadOnlyList<ConfusedPair> MostConfused(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return
        [
            .. Enumerable.Range(0, _counts.Length)
                .Where(at => _counts[at] > 0 && at / ClassCount != at % ClassCount)
                .OrderByDescending(at => _counts[at])
                .Take(most)
                .Select(at => new ConfusedPair(at / ClassCount, at % ClassCount, _counts[at])),
        ];
    }

    private void Check(int label, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, ClassCount, name);
    }
}
