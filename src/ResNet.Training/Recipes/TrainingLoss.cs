using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Softmax cross-entropy with label smoothing, class weights and soft labels. The sum over a batch, divided by the batch's weight, is what PyTorch's
/// <c>cross_entropy</c> computes as its mean; parts of a batch are summed and divided by the weight of the whole. At least in float32, whatever the
/// network computes in.
/// </summary>
internal sealed class TrainingLoss : IDisposable
{
    private readonly double _smoothing;
    private readonly Tensor? _weights;

    /// <summary>Prepares the loss.</summary>
    /// <param name="labelSmoothing">The fraction of each label that is spread over all classes alike, 0 to below 1.</param>
    /// <param name="classWeights">One weight a class; null: all alike.</param>
    /// <param name="device">Where the network is.</param>
    public TrainingLoss(double labelSmoothing, IReadOnlyList<double>? classWeights, Device device)
    {
        _smoothing = labelSmoothing;
        _weights = classWeights is null
            ? null
            : torch.tensor(classWeights.ToArray(), dtype: torch.float64, device: device).DetachFromDisposeScope();
    }

    /// <summary>Computes the sum of the losses of some images.</summary>
    /// <param name="logits">N x classes.</param>
    /// <param name="labels">N, int64.</param>
    /// <param name="softLabels">N x classes, what mixed images show; null: they show their labels.</param>
    /// <returns>A scalar, which the caller disposes.</returns>
    public Tensor SumOf(Tensor logits, Tensor labels, Tensor? softLabels)
    {
        using var scope = torch.NewDisposeScope();
        var scores = logits.dtype == torch.float64 ? logits : logits.to(torch.float32);
        return torch.nn.functional
            .cross_entropy(scores, softLabels?.to(scores.dtype) ?? labels, _weights?.to(scores.dtype), reduction: torch.nn.Reduction.Sum, label_smoothing: _smoothing)
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Computes what the sum of the losses of a whole batch is divided by: the weights of its labels. Where labels are soft it is the number of images,
    /// as PyTorch has it.
    /// </summary>
    /// <param name="labels">N, int64.</param>
    /// <param name="softLabels">What mixed images show; null: their labels.</param>
    /// <returns>0 or more; 0 where every label has a weight of 0, and then the batch has nothing to teach.</returns>
    public double WeightOf(Tensor labels, Tensor? softLabels)
    {
        if (_weights is null || softLabels is not null)
        {
            return labels.shape[0];
        }

        using var scope = torch.NewDisposeScope();
        return _weights.index_select(0, labels).sum().item<double>();
    }

    public void Dispose() => _weights?.Dispose();
}
