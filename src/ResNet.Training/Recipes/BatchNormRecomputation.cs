using ResNet.Layers;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Training;

/// <summary>
/// Replaces the moving averages of batch normalisation by plain averages over a sample of training pictures, as the authors
/// did after training (section 3.4 of their released code).
/// </summary>
public static class BatchNormRecomputation
{
    /// <summary>
    /// Recomputes the means and variances of every batch normalisation. Each becomes the plain average over batches of what the layer
    /// sees of a batch in training mode. Weights do not change; the network is left in the mode in which it was found.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="loader">Training pictures, augmented as in training, in batches of the size that normalisation saw there; its first epoch is taken.</param>
    /// <param name="pictures">How many pictures to take, 1 or more; the batch that reaches the number is the last. At most the loader's first epoch is taken.</param>
    /// <param name="progress">Hears after every batch how many images were taken. Default: null.</param>
    /// <param name="cancellationToken">Stops between two batches; the statistics are then as before.</param>
    /// <returns>How many pictures were taken. A batch of a single one, of which the network's last feature map is 1x1, has no variance and is left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No pictures are asked for.</exception>
    /// <exception cref="DatasetException">No picture can be read; the statistics are as before.</exception>
    /// <exception cref="InvalidOperationException">No batch has a variance, or statistics are not finite; they are as before.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static int Run(ResNetModel model, BatchLoader loader, int pictures, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures, 1);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var layers = model.modules().OfType<BatchNorm2d>().Select(layer => new AveragedLayer(layer)).ToList();
        bool wasTraining = model.training;
        model.train();
        try
        {
            int taken = Average(model, loader, pictures, layers, progress, cancellationToken);
            if (!layers.TrueForAll(layer => layer.IsFinite()))
            {
                throw new InvalidOperationException("The statistics of batch normalisation over these images are not finite: the network has diverged. Take earlier weights.");
            }

            layers.ForEach(layer => layer.Finish());
            return taken > 0 ? taken : throw new InvalidOperationException(
            "Expected more than 1 value per channel when training: of every batch batch normalisation would see one. Make batches of 2 images or more, or of larger ones.");
        }
        catch
        {
            layers.ForEach(layer => layer.Restore());
            throw;
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    private static int Average(
        ResNetModel model, BatchLoader loader, int pictures, List<AveragedLayer> layers, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int taken = 0;
        foreach (var batch in loader.Epoch(0, cancellationToken))
        {
            using (batch)
            using (torch.NewDisposeScope())
            {
                if (Normalizations.SeesOneValue(model.Options, batch.Count, batch.Images.shape[2], batch.Images.shape[3]))
                {
                    continue;
                }

                _ = model.call(batch.Images);
                layers.ForEach(layer => layer.Add());
                taken += batch.Count;
            }

            progress?.Report(taken);

            if (taken >= pictures)
            {
                break;
            }
        }

        return taken;
    }
}
