namespace ResNet.Training;

/// <summary>Two networks, or two ways to test one, on the same pictures, picture by picture.</summary>
/// <remarks>
/// Both see the same pictures, and most are easy or hard for both; only those on which they differ tell which is better. That is why two intervals
/// of <see cref="ErrorInterval"/> may overlap where the difference is certain all the same.
/// </remarks>
public sealed record EvaluationComparison
{
    private EvaluationComparison()
    {
    }

    /// <summary>Pictures that both have right.</summary>
    public int BothRight { get; private init; }

    /// <summary>Pictures that only the first has right.</summary>
    public int OnlyARight { get; private init; }

    /// <summary>Pictures that only the second has right.</summary>
    public int OnlyBRight { get; private init; }

    /// <summary>Pictures that both have wrong.</summary>
    public int BothWrong { get; private init; }

    /// <summary>Pictures that were evaluated by both.</summary>
    public int Images => BothRight + OnlyARight + OnlyBRight + BothWrong;

    /// <summary>The first one's top-1 error on these pictures, 0 to 1.</summary>
    public double ErrorOfA => 1 - ((double)(BothRight + OnlyARight) / Images);

    /// <summary>The second one's top-1 error on these pictures, 0 to 1.</summary>
    public double ErrorOfB => 1 - ((double)(BothRight + OnlyBRight) / Images);

    /// <summary>The second one's error less the first one's: below 0 where the second is better.</summary>
    /// <value>-1 to 1.</value>
    public double Difference => (double)(OnlyARight - OnlyBRight) / Images;

    /// <summary>
    /// The 95 % interval of <see cref="Difference"/>, -1 to 1: the paired normal interval after half a picture was added to each of the four counts, as
    /// Agresti and Min propose, since without that it would have no width where the networks never differ.
    /// </summary>
    public ErrorInterval DifferenceInterval
    {
        get
        {
            double count = Images + 2, a = OnlyARight + 0.5, b = OnlyBRight + 0.5;
            double middle = (a - b) / count;
            double half = ErrorInterval.Quantile * Math.Sqrt(a + b - ((a - b) * (a - b) / count)) / count;
            return new ErrorInterval(Math.Max(-1, middle - half), Math.Min(1, middle + half));
        }
    }

    /// <summary>
    /// The two-sided p value of McNemar's exact test: how probable a difference this large or larger would be if both were equally good. Small values
    /// speak for a real difference; large ones say only that these pictures do not show one.
    /// </summary>
    /// <value>0 to 1.</value>
    public double PValue => McNemar.PValue(OnlyARight, OnlyBRight);

    /// <summary>Compares two evaluations of one data set, by the pictures that both could read.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second; its classes may be in another order.</param>
    /// <returns>The counts and what follows from them.</returns>
    /// <exception cref="ArgumentException">The evaluations are of different data sets, or have no picture in common.</exception>
    public static EvaluationComparison Of(EvaluationReport a, EvaluationReport b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var ofB = b.Answers.ToDictionary(answer => answer.Index);
        int bothRight = 0, onlyA = 0, onlyB = 0, bothWrong = 0;
        foreach (var answerA in a.Answers)
        {
            if (!ofB.TryGetValue(answerA.Index, out var answerB))
            {
                continue;
            }

            if (a.Labels[answerA.Label] != b.Labels[answerB.Label])
            {
                throw new ArgumentException(
                    Invariant($"Picture {answerA.Index} is '{a.Labels[answerA.Label]}' in the first evaluation and '{b.Labels[answerB.Label]}' in the second. ")
                    + "Only evaluations of the same data set can be compared.",
                    nameof(b));
            }

            _ = (answerA.IsRight, answerB.IsRight) switch
            {
                (true, true) => bothRight++,
                (true, false) => onlyA++,
                (false, true) => onlyB++,
                _ => bothWrong++,
            };
        }

        return bothRight + onlyA + onlyB + bothWrong > 0
            ? new EvaluationComparison { BothRight = bothRight, OnlyARight = onlyA, OnlyBRight = onlyB, BothWrong = bothWrong }
            : throw new ArgumentException("No picture was evaluated in both; there is nothing to compare.", nameof(b));
    }
}
