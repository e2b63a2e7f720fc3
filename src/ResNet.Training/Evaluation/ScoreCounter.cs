using TorchSharp;

namespace ResNet.Training;

/// <summary>Adds up the scores of batches.</summary>
internal sealed class ScoreCounter
{
    private const int TopCount = 5;
    private double _loss;
    private int _top1;
    private int _top5;
    private bool _hasTop5;

    public int Images { get; private set; }

    public double Top1Error => 1 - ((double)_top1 / Images);

    public double MeanLoss => _loss / Images;

    /// <summary>Adds a batch: N×classes logits and N labels. Call it inside a dispose scope.</summary>
    public void Add(Tensor logits, Tensor labels)
    {
        _hasTop5 = logits.shape[1] >= TopCount;
        var top = logits.topk((int)Math.Min(TopCount, logits.shape[1]), dim: 1).indexes;
        var hits = top.eq(labels.unsqueeze(1));
        var loss = torch.nn.functional.cross_entropy(logits.to(torch.ScalarType.Float64), labels, reduction: torch.nn.Reduction.Sum);
        _loss += loss.item<double>();
        _top1 += (int)hits[torch.TensorIndex.Colon, 0].sum().item<long>();
        _top5 += (int)hits.sum().item<long>();
        Images += (int)labels.shape[0];
    }

    public EvaluationReport ToReport(IReadOnlyList<DataFault> faults) => new()
    {
        Images = Images,
        Top1Correct = _top1,
        Top5Correct = _hasTop5 ? _top5 : null,
        Loss = MeanLoss,
        Faults = faults,
    };
}
