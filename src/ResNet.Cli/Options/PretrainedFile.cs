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
        if (Path.Exists(weights) || IsFileName(weights))
        {
            return (weights, null);
        }

        var model = Find(weights);
        return (Fetch(model, new DownloadOptions()), model.ToDescription());
    }

    /// <summary>Gives the file of published weights, with a display on stderr where it must be fetched.</summary>
    public string Fetch(PretrainedModel model, DownloadOptions options)
    {
        try
        {
            return DownloadDisplay.Show(
                terminal.Error, progress => PretrainedWeights.GetAsync(model, options, progress, stop).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            terminal.Error.Say("What came is kept; the same command goes on from there.");
            throw;
        }
    }

    /// <summary>Whether it can only be meant as a file: then its absence is all there is to say.</summary>
    public static bool IsFileName(string weights) => Path.GetFileName(weights) != weights
        || Path.GetExtension(weights) is ".safetensors" or ".pth" or ".pt" or ".th" or ".bin" or ".json" or ".ckpt" or ".tar" or ".onnx";

    private static PretrainedModel Find(string weights)
    {
        try
        {
            return PretrainedWeights.Find(weights);
        }
        catch (ArgumentException fault)
        {
            throw new FileNotFoundException($"There is no file '{weights}'. {FaultText.Of(fault)}", weights, fault);
        }
    }
}
