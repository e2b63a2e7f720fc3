using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training;

/// <summary>What an evaluation found. It is the same whatever the batch size, the number of workers and the order of the pictures, but for rounding.</summary>
/// <remarks>
/// Of classes with exactly equal scores the first counts as the more probable one. A picture for which the network gives no numbers (NaN, as one
/// that diverged does) counts as wrong, has no place in <see cref="Confusion"/> and <see cref="Calibration"/>, and leaves no <see cref="Loss"/>.
/// </remarks>
public sealed record EvaluationReport
{
    /// <summary>Pictures evaluated; those that could not be read are in <see cref="Faults"/> and not counted here.</summary>
    public required int Images { get; init; }

    /// <summary>Pictures whose most probable class is right.</summary>
    public required int Top1Correct { get; init; }

    /// <summary>Pictures whose class is among the five most probable.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public required int? Top5Correct { get; init; }

    /// <summary>Mean cross-entropy, in nats.</summary>
    /// <value>0 or more; NaN where a picture has no answer, infinity where the network held a picture's class for impossible.</value>
    public required double Loss { get; init; }

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public required ClassLabels Labels { get; init; }

    /// <summary>What the network said of each picture, in the data set's order.</summary>
    public required IReadOnlyList<PictureAnswer> Answers { get; init; }

    /// <summary>How many pictures of each class were taken for each class.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Precision, recall and F1 of each class, in the order of the labels.</summary>
    public required IReadOnlyList<ClassScore> Classes { get; init; }

    /// <summary>Whether the network was as often right as it was sure, in 15 bins of confidence.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Pictures that could not be read, and why.</summary>
    public required IReadOnlyList<DataFault> Faults { get; init; }

    /// <summary>How pictures became the network's input.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>How they were looked at, with what null meant filled in. Scales stay null where pictures kept their own sizes, crops where whole ones were seen.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>What the pictures went through: the model itself, or a network compiled of it, and in which numbers.</summary>
    public required EngineReport Engine { get; init; }

    /// <summary>How many views of each picture the scores were averaged over; a whole picture is one, whatever its number of positions.</summary>
    public required int ViewCount { get; init; }

    /// <summary>Share of the pictures whose most probable class is wrong, 0 to 1.</summary>
    public double Top1Error => 1 - ((double)Top1Correct / Images);

    /// <summary>Share of the pictures whose class is not among the five most probable, 0 to 1.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public double? Top5Error => 1 - ((double?)Top5Correct / Images);

    /// <summary>The 95 % interval of <see cref="Top1Error"/>: so many pictures tell only so much.</summary>
    public ErrorInterval Top1Interval => ErrorInterval.Wilson(Images - Top1Correct, Images);

    /// <summary>The 95 % interval of <see cref="Top5Error"/>.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public ErrorInterval? Top5Interval => Top5Correct is { } correct ? ErrorInterval.Wilson(Images - correct, Images) : null;

    /// <summary>Pictures for which the network gave no numbers.</summary>
    public int UnansweredCount => Answers.Count(answer => !answer.IsAnswered);

    /// <summary>The mean precision of the classes that have pictures and are predicted.</summary>
    /// <value>0 to 1; null where there are none.</value>
    public double? MacroPrecision => Occurring.Average(score => score.Precision);

    /// <summary>The mean recall of the classes that have pictures.</summary>
    /// <value>0 to 1.</value>
    public double? MacroRecall => Occurring.Average(score => score.Recall);

    /// <summary>The mean F1 of the classes that have pictures.</summary>
    /// <value>0 to 1.</value>
    public double? MacroF1 => Occurring.Average(score => score.F1);

    /// <summary>Where the data set is a part of what the network knows, the other classes would only dilute a mean with zeros.</summary>
    private IEnumerable<ClassScore> Occurring => Classes.Where(score => score.Images > 0);

    /// <summary>The wrong answers that the network was most sure of: where labels are wrong, or the network learned something else than was meant.</summary>
    /// <param name="count">How many at most, 0 or more.</param>
    /// <returns>By falling confidence, equally confident ones in the data set's order. Pictures without an answer are not among them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public IReadOnlyList<PictureAnswer> ConfidentMistakes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Answers.Where(answer => answer.IsAnswered && !answer.IsRight).OrderByDescending(answer => answer.Confidence).Take(count)];
    }
}
