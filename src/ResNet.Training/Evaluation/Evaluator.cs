using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Tests a network on the single centre crop of every picture.</summary>
public static class Evaluator
{
    /// <summary>
    /// Evaluates a network. It runs in evaluation mode and is left in the mode in which it was found. Tensors are made on the
    /// calling thread and all disposed.
    /// </summary>
    /// <param name="model">The network; pictures go to the device it is on.</param>
    /// <param name="dataset">The pictures with their labels.</param>
    /// <param name="preprocessing">How a picture becomes the network's input.</param>
    /// <param name="options">Batch size and workers. Default: null, the defaults of <see cref="EvaluationOptions"/>.</param>
    /// <param name="progress">Told after every batch. Default: null, nobody.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches.</param>
    /// <returns>Errors and loss over all pictures that can be read.</returns>
    /// <exception cref="ArgumentException">The data set has other classes than the network.</exception>
    /// <exception cref="DatasetException">The data set is empty, or none of its pictures can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationReport Evaluate(
        ResNetModel model,
        IImageDataset dataset,
        Preprocessing preprocessing,
        EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ClassCounts.EnsureEqual(model, dataset);
        options ??= new EvaluationOptions();
        var loading = new LoaderOptions
        {
            BatchSize = options.BatchSize, WorkerCount = options.WorkerCount, Preprocessing = preprocessing, Augmentation = options.Corruption, Seed = options.Seed,
        };
        var loader = new BatchLoader(dataset, loading, model.parameters().First().device);
        bool wasTraining = model.training;
        model.eval();
        try
        {
            return Evaluate(model, loader, progress, cancellationToken);
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    private static EvaluationReport Evaluate(
        ResNetModel model, BatchLoader loader, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var scores = new ScoreCounter();
        using var inference = torch.inference_mode();
        foreach (var batch in loader.Epoch(0, cancellationToken))
        {
            using (batch)
            {
                using var scope = torch.NewDisposeScope();
                scores.Add(model.call(batch.Images).to(torch.ScalarType.Float64).log_softmax(1), batch.Labels, batch.Indices);
            }

            progress?.Report(new EvaluationProgress(scores.Images, loader.Dataset.Count, scores.Top1Error));
        }

        return scores.ToReport(loader.Faults);
    }
}
