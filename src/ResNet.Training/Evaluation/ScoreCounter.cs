using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Takes down the scores of batches, picture by picture, and says at the end what they come to. Whatever the order in which pictures come and however
/// they are batched, the report is the same. It takes 48 bytes a picture, and nothing that grows with the classes.
/// </summary>
internal sealed class ScoreCounter
{
    private const int TopCount = 5;
    private readonly ClassLabels _labels;
    private readonly Entry[] _entries;
    private int _top1;

    /// <summary>Prepares for the pictures of a data set.</summary>
    /// <param name="dataset">Where the indices will point to.</param>
    public ScoreCounter(IImageDataset dataset)
    {
        _labels = dataset.Labels;
        _entries = new Entry[dataset.Count];
    }

    public int Images { get; private set; }

    public double Top1Error => 1 - ((double)_top1 / Images);

    /// <summary>Adds pictures. Call it inside a dispose scope.</summary>
    /// <param name="logProbabilities">N×classes, float64: the logarithms of the (averaged) probabilities.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="indices">N indices into the data set.</param>
    /// <exception cref="ArgumentException">A picture was added before.</exception>
    public void Add(Tensor logProbabilities, Tensor labels, IReadOnlyList<int> indices)
    {
        int classCount = (int)logProbabilities.shape[1];
        double[] scores = logProbabilities.to(torch.ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        long[] classes = labels.to(torch.ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
        for (int i = 0; i < indices.Count; i++)
        {
            Add(scores.AsSpan(i * classCount, classCount), (int)classes[i], indices[i]);
        }
    }

    /// <summary>Says what the pictures so far come to.</summary>
    /// <param name="faults">Pictures that could not be read.</param>
    /// <param name="preprocessing">How pictures became the network's input.</param>
    /// <param name="options">How they were looked at, with what null meant filled in.</param>
    /// <param name="engine">What the pictures went through.</param>
    /// <param name="viewCount">How often each was looked at.</param>
    public EvaluationReport ToReport(IReadOnlyList<DataFault> faults, Preprocessing preprocessing, EvaluationOptions options, EngineReport engine, int viewCount)
    {
        var scored = _entries.Where(entry => entry.IsScored).ToArray();
        PictureAnswer[] answers = [.. scored.Select(entry => entry.Answer)];
        var confusion = new ConfusionMatrix(_labels.Count, answers);
        return new EvaluationReport
        {
            Images = Images,
            Top1Correct = _top1,
            Top5Correct = _labels.Count >= TopCount ? scored.Count(entry => entry.IsAmongTop) : null,
            Loss = scored.Sum(entry => entry.Loss) / Images,
            Labels = _labels,
            Answers = Array.AsReadOnly(answers),
            Confusion = confusion,
            Classes = Classes(answers, confusion),
            Calibration = Calibration.Of(answers),
            Faults = faults,
            Preprocessing = preprocessing,
            Options = options,
            Engine = engine,
            ViewCount = viewCount,
        };
    }

    private void Add(ReadOnlySpan<double> scores, int label, int index)
    {
        if (_entries[index].IsScored)
        {
            throw new ArgumentException(Invariant($"Picture {index} of the data set was scored already; each counts once."), nameof(index));
        }

        // Of equal scores the first class counts as the better one, so that the answer hangs on no library's way of sorting.
        int predicted = 0, better = 0;
        bool isFinite = true;
        for (int i = 0; i < scores.Length; i++)
        {
            isFinite &= !double.IsNaN(scores[i]) && !double.IsPositiveInfinity(scores[i]);
            predicted = scores[i] > scores[predicted] ? i : predicted;
            better += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        // A network that diverged gives NaN for all. No comparison with it is true, so class 0 would come out as its answer, and as right.
        var answer = isFinite && !double.IsNegativeInfinity(scores[predicted])
            ? new PictureAnswer(index, label, predicted, Probability(scores[predicted]), Probability(scores[label]))
            : new PictureAnswer(index, label, -1, double.NaN, double.NaN);
        _entries[index] = new Entry(answer, answer.IsAnswered ? -scores[label] : double.NaN, answer.IsAnswered && better < TopCount, IsScored: true);
        _top1 += answer.IsRight ? 1 : 0;
        Images++;
    }

    /// <summary>The logarithm of an average can exceed 0 by rounding, a probability must not exceed 1.</summary>
    private static double Probability(double logarithm) => Math.Min(1, Math.Exp(logarithm));

    private ClassScore[] Classes(PictureAnswer[] answers, ConfusionMatrix confusion)
    {
        int[] images = new int[_labels.Count], predicted = new int[_labels.Count];
        foreach (var answer in answers)
        {
            images[answer.Label]++;
            if (answer.IsAnswered)
            {
                predicted[answer.Predicted]++;
            }
        }

        return [.. images.Select((count, label) => new ClassScore(label, _labels[label], count, predicted[label], confusion.Count(label, label)))];
    }

    private readonly record struct Entry(PictureAnswer Answer, double Loss, bool IsAmongTop, bool IsScored);
}
