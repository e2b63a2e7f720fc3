using ResNet.Downloading;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What <c>--weights</c> means: a file or folder, or a name of published weights, which come from the cache or are fetched.</summary>
internal sealed class PretrainedFile(Terminal terminal, CancellationToken stop)
{
    public const string OptionHelp = "The file of weights, or a name that 'resnet download --list' shows.";

    /// <summary>Finds the file that is meant.</summary>
    /// <param name="weights">What the command line says.</param>
    /// <returns>The file, and what is known of it beforehand; null where the file must say it itself.</returns>
    public (string Path, ModelDescription? Description) Resolve(string weights)
    {
        // What lies there comes first: a name of the list must not hide a file.
        if (Path.Exists(weights) || !PretrainedWeights.TryFind(weights, out var model))
        {
            return (weights, null);
        }

        return (Fetch(model, new DownloadOptions()), model.ToDescription());
    }

    /// <summary>Gives the file of published weights, with a display on stderr where it must be fetched.</summary>
    public string Fetch(PretrainedModel model, DownloadOptions options) => DownloadDisplay.Show(
        terminal.Error, progress => PretrainedWeights.GetAsync(model, options, progress, stop).GetAwaiter().GetResult());
}
