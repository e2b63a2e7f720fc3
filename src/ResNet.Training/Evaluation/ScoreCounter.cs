using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Adds up the scores of batches.</summary>
internal sealed class ScoreCounter(IImageDataset dataset)
{
    private const int TopCount = 5;
    private double _loss;
    private int _top1;
    private int _top5;
    private bool _hasTop5;

    public int Images { get; private set; }

    public double Top1Error => 1 - ((double)_top1 / Images);

    public double MeanLoss => _loss / Images;

    /// <summary>Adds pictures. Call it inside a dispose scope.</summary>
    /// <param name="logProbabilities">N×classes, float64: the logarithms of the (averaged) probabilities.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="indices">N indices into the data set.</param>
    public void Add(Tensor logProbabilities, Tensor labels, IReadOnlyList<int> indices)
    {
        _hasTop5 = dataset.Labels.Count >= TopCount;
        var top = logProbabilities.topk((int)Math.Min(TopCount, logProbabilities.shape[1]), dim: 1).indexes;
        var hits = top.eq(labels.unsqueeze(1));
        _loss -= logProbabilities.gather(1, labels.unsqueeze(1)).sum().item<double>();
        _top1 += (int)hits[torch.TensorIndex.Colon, 0].sum().item<long>();
        _top5 += (int)hits.sum().item<long>();
        Images += indices.Count;
    }

    public EvaluationReport ToReport(IReadOnlyList<DataFault> faults, Preprocessing preprocessing, EvaluationOptions options, int viewCount) => new()
    {
        Images = Images,
        Top1Correct = _top1,
        Top5Correct = _hasTop5 ? _top5 : null,
        Loss = MeanLoss,
        Faults = faults,
        Preprocessing = preprocessing,
        Options = options,
        ViewCount = viewCount,
    };
}
