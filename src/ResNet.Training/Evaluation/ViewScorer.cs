using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Puts the views of pictures through the network and averages what it says of each picture.</summary>
/// <param name="model">The network, for positions.</param>
/// <param name="runner">What whole views go through.</param>
/// <param name="plan">The views.</param>
internal sealed class ViewScorer(ResNetModel model, NetworkRunner runner, EvaluationPlan plan)
{
    private readonly NormalizationTable _table = new(plan.Preprocessing.Normalization);
    private readonly Device _device = model.parameters().First().device;

    /// <summary>Judges the pictures of a batch. Views of one size go together, whichever pictures they are of.</summary>
    /// <returns>N×classes logarithms of probabilities, float64, on the CPU.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; there are moments between any two forwards.</exception>
    public Tensor Score(PendingBatch pictures, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        int viewCount = plan.ViewCount;
        var parts = new List<Tensor>();
        long[] rows = new long[pictures.Count * viewCount];
        long row = 0;
        foreach (var views in Enumerable.Range(0, rows.Length).GroupBy(view => (Canvas(view).Width, Canvas(view).Height)))
        {
            foreach (int[] together in views.Chunk(plan.ViewsAtOnce(views.Key.Width, views.Key.Height)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                parts.Add(Judge(together.Length, i => Canvas(together[i])));
                foreach (int view in together)
                {
                    rows[view] = row++;
                }
            }
        }

        // Every scale has as many views, so the average over views counts each scale alike.
        var scores = Average(torch.cat(parts).index_select(0, torch.tensor(rows, dtype: torch.int64, device: torch.CPU)).view(pictures.Count, viewCount, -1), 1);
        return (plan.Options.Averaging == ScoreAveraging.Logits ? scores.log_softmax(1) : scores).MoveToOuterDisposeScope();

        ImageCanvas Canvas(int view) => pictures[view / viewCount, view % viewCount];
    }

    /// <summary>Scores of views, averaged over the positions of each; to be averaged on.</summary>
    private Tensor Judge(int count, Func<int, ImageCanvas> canvases)
    {
        using var scope = torch.NewDisposeScope();
        var images = ImageTensor.FromCanvases(count, canvases, _table, channelsLast: false, _device);
        var logits = plan.Options.FullyConvolutional ? model.ForwardPositions(images, plan.PoolSize).flatten(2) : runner.Forward(images).unsqueeze(2);
        logits = logits.cpu().to(torch.ScalarType.Float64);
        return Average(plan.Options.Averaging == ScoreAveraging.Softmax ? logits.log_softmax(1) : logits, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The mean, or the logarithm of the mean of probabilities, which underflows for no score.</summary>
    private Tensor Average(Tensor scores, long dimension) =>
        plan.Options.Averaging == ScoreAveraging.Softmax ? scores.logsumexp(dimension) - Math.Log(scores.shape[dimension]) : scores.mean([dimension]);
}
