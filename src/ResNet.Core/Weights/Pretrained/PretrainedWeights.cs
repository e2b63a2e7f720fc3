using System.Diagnostics.CodeAnalysis;
using ResNet.Downloading;

namespace ResNet.Weights;

/// <summary>
/// Published weights by name: those of torchvision for ImageNet-1k, and of two repositories for CIFAR-10. A file is fetched once, checked by its
/// hash, and kept in a folder (<see cref="DownloadOptions.CacheFolder"/>); from then on no network is needed.
/// </summary>
/// <remarks>
/// A name is a network and what it was trained on, such as <c>resnet50.imagenet1k_v2</c>; the network alone, <c>resnet50</c>, means the most
/// accurate weights of it. Upper and lower case are alike.
/// </remarks>
public static class PretrainedWeights
{
    private const int MostSuggestions = 3;

    /// <summary>All weights that are known, by network.</summary>
    public static IReadOnlyList<PretrainedModel> All { get; } = Array.AsReadOnly<PretrainedModel>([.. TorchvisionWeights.All, .. CifarWeights.All]);

    /// <summary>Finds weights by name.</summary>
    /// <param name="name">The full name, or the network's alone for the most accurate weights of it.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">There are none of that name; the message lists the nearest ones.</exception>
    public static PretrainedModel Find(string name) => TryFind(name, out var model)
        ? model
        : throw new ArgumentException(
            $"There are no pretrained weights named '{name}'. The nearest names are {string.Join(", ", Suggest(name))}.", nameof(name));

    /// <summary>Finds weights by name, if there are any.</summary>
    /// <param name="name">The full name, or the network's alone for the most accurate weights of it.</param>
    /// <param name="model">The weights, or null.</param>
    /// <returns>Whether there are weights of that name.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out PretrainedModel? model)
    {
        ArgumentNullException.ThrowIfNull(name);
        model = All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? All.Where(entry => entry.NetworkName.Equals(name, StringComparison.OrdinalIgnoreCase)).MaxBy(entry => entry.Top1Accuracy);
        return model is not null;
    }

    /// <summary>Gives the file of weights, and fetches it first where it is not in the cache.</summary>
    /// <param name="name">The full name, or the network's alone for the most accurate weights of it.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download; what came so far stays for the next one.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ArgumentException">There are no weights of that name.</exception>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public static Task<string> GetAsync(
        string name, DownloadOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        GetAsync(Find(name), options, progress, cancellationToken);

    /// <summary>Gives the file of weights, and fetches it first where it is not in the cache.</summary>
    /// <param name="model">The weights.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download; what came so far stays for the next one.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public static async Task<string> GetAsync(
        PretrainedModel model, DownloadOptions? options = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var downloader = new FileDownloader(options);
        return await downloader.GetAsync(model.ToRequest(), progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Builds the network with its weights, which are fetched first where they are not in the cache.</summary>
    /// <param name="name">The full name, or the network's alone for the most accurate weights of it.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download; what came so far stays for the next one.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There are no weights of that name.</exception>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    /// <exception cref="WeightsMismatchException">The weights do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public static Task<ResNetModel> LoadAsync(
        string name,
        DownloadOptions? options = null,
        Device? device = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) => LoadAsync(Find(name), options, device, progress, cancellationToken);

    /// <summary>Builds the network with its weights, which are fetched first where they are not in the cache.</summary>
    /// <param name="model">The weights.</param>
    /// <param name="options">How to fetch and where to keep; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <param name="progress">Hears how far the download is; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download; what came so far stays for the next one.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="DownloadException">The file could not be fetched, is not what was published, or cannot be kept.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    /// <exception cref="WeightsMismatchException">The weights do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public static async Task<ResNetModel> LoadAsync(
        PretrainedModel model,
        DownloadOptions? options = null,
        Device? device = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        string path = await GetAsync(model, options, progress, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => ModelFile.Load(path, model.Options, device), cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> Suggest(string name) => All.SelectMany(entry => new[] { entry.NetworkName, entry.Name })
        .Distinct(StringComparer.Ordinal)
        .OrderBy(known => NameDistance.Between(known, name.ToLowerInvariant()))
        .Take(MostSuggestions);
}
