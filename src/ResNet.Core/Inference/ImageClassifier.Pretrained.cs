using ResNet.Downloading;
using ResNet.Weights;

namespace ResNet.Inference;

public sealed partial class ImageClassifier
{
    /// <summary>Makes a classifier of published weights, which are fetched first where they are not in the cache.</summary>
    /// <param name="name">A name of <see cref="PretrainedWeights"/>, such as <c>resnet50</c> or <c>resnet50.imagenet1k_v1</c>.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="device">Where the network runs; default: the CPU.</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download, of which what came so far stays for the next one, or the compilation.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There are no weights of that name; the message lists the nearest ones.</exception>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<ImageClassifier> FromPretrainedAsync(
        string name,
        DownloadOptions? options = null,
        Device? device = null,
        EngineOptions? engine = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        FromPretrainedAsync(PretrainedWeights.Find(name), options, device, engine, progress, cancellationToken);

    /// <summary>Makes a classifier of published weights, which are fetched first where they are not in the cache.</summary>
    /// <param name="pretrained">The weights.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="device">Where the network runs; default: the CPU.</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download, of which what came so far stays for the next one, or the compilation.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    /// <exception cref="WeightsMismatchException">The weights do not fit the network.</exception>
    /// <exception cref="ArgumentException">There is not one label for each class.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<ImageClassifier> FromPretrainedAsync(
        PretrainedModel pretrained,
        DownloadOptions? options = null,
        Device? device = null,
        EngineOptions? engine = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var model = await PretrainedWeights.LoadAsync(pretrained, options, device, progress, cancellationToken).ConfigureAwait(false);
        return Own(model, () => new ImageClassifier(model, pretrained.Preprocessing, pretrained.Labels, engine, cancellationToken));
    }
}
