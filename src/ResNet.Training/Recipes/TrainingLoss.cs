using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Softmax cross-entropy, averaged over the batch, with label smoothing, class weights and mixed pictures: what PyTorch's
/// <c>cross_entropy</c> computes. At least in float32, whatever the network computes in.
/// </summary>
internal sealed class TrainingLoss : IDisposable
{
    private readonly double _smoothing;
    private readonly Tensor? _weights;

    /// <summary>Prepares the loss.</summary>
    /// <param name="labelSmoothing">The share of each label that is spread over all classes alike, 0 to below 1.</param>
    /// <param name="classWeights">One weight a class; null: all alike.</param>
    /// <param name="device">Where the network is.</param>
    public TrainingLoss(double labelSmoothing, IReadOnlyList<double>? classWeights, Device device)
    {
        _smoothing = labelSmoothing;
        _weights = classWeights is null
            ? null
            : torch.tensor(classWeights.Select(weight => (float)weight).ToArray(), dtype: torch.float32, device: device).DetachFromDisposeScope();
    }

    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="logits">N x classes.</param>
    /// <param name="labels">N, int64.</param>
    /// <param name="classShares">N x classes, what mixed pictures show; null: they show their labels.</param>
    /// <returns>A scalar, which the caller disposes.</returns>
    public Tensor Of(Tensor logits, Tensor labels, Tensor? classShares)
    {
        using var scope = torch.NewDisposeScope();
        var scores = logits.dtype == torch.float64 ? logits : logits.to(torch.float32);
        return torch.nn.functional.cross_entropy(scores, classShares ?? labels, _weights, label_smoothing: _smoothing)
            .MoveToOuterDisposeScope();
    }

    public void Dispose() => _weights?.Dispose();
}
