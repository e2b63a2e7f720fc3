namespace ResNet.Training;

/// <summary>Whether a network knows how sure it may be: of the pictures that it is 80 % sure of, 80 % should be right.</summary>
public sealed record Calibration
{
    /// <summary>How many bins there are unless another number is asked for.</summary>
    public const int DefaultBinCount = 15;

    /// <summary>Bins of equal width from 0 to 1, in order.</summary>
    public required IReadOnlyList<CalibrationBin> Bins { get; init; }

    /// <summary>The mean distance of confidence and accuracy over the bins, each weighted by its pictures.</summary>
    /// <value>0, perfectly calibrated, to 1; null where no picture has an answer.</value>
    public required double? ExpectedCalibrationError { get; init; }

    /// <summary>Sorts answers into bins by their confidence.</summary>
    /// <param name="answers">The answers; those of a network that gave no numbers are passed over.</param>
    /// <param name="binCount">At least 1. Default: 15.</param>
    /// <returns>The bins and the error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public static Calibration Of(IEnumerable<PictureAnswer> answers, int binCount = DefaultBinCount)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        int[] counts = new int[binCount], right = new int[binCount];
        double[] confidence = new double[binCount];
        foreach (var answer in answers.Where(answer => answer.IsAnswered))
        {
            int bin = Math.Clamp((int)Math.Ceiling(answer.Confidence * binCount) - 1, 0, binCount - 1);
            counts[bin]++;
            right[bin] += answer.IsRight ? 1 : 0;
            confidence[bin] += answer.Confidence;
        }

        int all = counts.Sum();
        return new Calibration
        {
            Bins =
            [
                .. Enumerable.Range(0, binCount).Select(i => new CalibrationBin(
                    (double)i / binCount,
                    (double)(i + 1) / binCount,
                    counts[i],
                    counts[i] == 0 ? null : confidence[i] / counts[i],
                    counts[i] == 0 ? null : (double)right[i] / counts[i])),
            ],
            ExpectedCalibrationError = all == 0 ? null : Enumerable.Range(0, binCount).Sum(i => Math.Abs(confidence[i] - right[i])) / all,
        };
    }
}
