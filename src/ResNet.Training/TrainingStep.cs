using ResNet.Layers;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Forward and backward of one mini-batch, whole or in parts, as exactly or as fast as the compute path says.</summary>
internal sealed class TrainingStep(ResNetModel model, TrainingOptions options, TrainingLoss loss, ComputePath path)
{
    /// <summary>
    /// Adds the gradients of a mini-batch to those that are there. A rest of one image, of which batch normalisation would see one value a channel,
    /// joins the part before it.
    /// </summary>
    public BatchScores Backward(Batch batch)
    {
        double weight = loss.WeightOf(batch.Labels, batch.ClassShares);
        double lossSum = 0;
        long correct = 0;
        foreach (var (start, count) in MicroBatches.Of(batch.Count, options.MicroBatchSize, joinsSingle: SeesOneValue(batch, 1)))
        {
            // One dispose scope a part, so that nothing of it outlives it.
            using var scope = torch.NewDisposeScope();
            var labels = Part(batch.Labels, start, count);
            var logits = Forward(Part(batch.Images, start, count));
            var sum = loss.SumOf(logits, labels, batch.ClassShares is { } shares ? Part(shares, start, count) : null);

            // A part is divided by the weight of the whole batch: its own says nothing of the others, and may be 0.
            if (weight > 0)
            {
                (sum / weight).backward();
            }

            lossSum += sum.to(torch.ScalarType.Float64).item<double>();
            correct += logits.argmax(1).eq(labels).sum().item<long>();
        }

        return new BatchScores(weight > 0 ? lossSum / weight : 0, correct, batch.Count, weight);
    }

    /// <summary>Whether batch normalisation in training mode would see one value a channel of the whole batch.</summary>
    public bool IsTooSmall(Batch batch) => SeesOneValue(batch, batch.Count);

    private bool SeesOneValue(Batch batch, int count) => Normalizations.SeesOneValue(model.Options, count, batch.Images.shape[2], batch.Images.shape[3]);

    private Tensor Forward(Tensor images)
    {
        using var autocast = path.BFloat16 ? Autocast.Begin(images.device_type, torch.ScalarType.BFloat16) : null;
        return model.call(images);
    }

    private static Tensor Part(Tensor whole, int start, int count) => count == whole.shape[0] ? whole : whole.narrow(0, start, count);
}
