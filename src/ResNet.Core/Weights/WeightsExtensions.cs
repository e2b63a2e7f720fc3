namespace ResNet.Weights;

/// <summary>Loading and saving the weights of a model.</summary>
public static class WeightsExtensions
{
    /// <summary>Loads weights from a file. Names, shapes and types are matched completely before the first value is written.</summary>
    /// <param name="model">The model, on any device; of another precision than the file's, values are converted.</param>
    /// <param name="path">The file, of any name; its format is recognised by content (see <see cref="StateDictFile"/>).</param>
    /// <param name="options">Default: <see cref="WeightsLoadOptions.Default"/>.</param>
    /// <returns>What was loaded, what was not, and what could not be verified.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or of a format that is not read.</exception>
    /// <exception cref="WeightsMismatchException">The file does not fit the model, which is left as it was.</exception>
    public static WeightsLoadReport LoadWeights(this ResNetModel model, string path, WeightsLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= WeightsLoadOptions.Default;
        using var file = StateDictFile.Open(path, options.Reading);
        return WeightsLoader.Load(model, file, options);
    }

    /// <summary>Loads weights from a stream, from where it stands to its end; the stream stays open.</summary>
    /// <param name="model">The model, on any device; of another precision than the file's, values are converted.</param>
    /// <param name="stream">The stream. Its content is held in memory meanwhile.</param>
    /// <param name="options">Default: <see cref="WeightsLoadOptions.Default"/>.</param>
    /// <returns>What was loaded, what was not, and what could not be verified.</returns>
    /// <exception cref="WeightsFormatException">The content is damaged, or of a format that is not read.</exception>
    /// <exception cref="WeightsMismatchException">The content does not fit the model, which is left as it was.</exception>
    public static WeightsLoadReport LoadWeights(this ResNetModel model, Stream stream, WeightsLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= WeightsLoadOptions.Default;
        string name = stream is FileStream { Name: var path } ? path : "the stream";
        using var file = StateDictFile.Open(stream, name, options.Reading);
        return WeightsLoader.Load(model, file, options);
    }

    /// <summary>Saves weights, whole or not at all; an older file of that name stays until the new one is on disk.</summary>
    /// <param name="model">The model, on any device.</param>
    /// <param name="path">The file to write; its extension decides the format: <c>.safetensors</c>. Its folder is created if it is missing.</param>
    /// <param name="description">What the file says about itself; its options must be the model's. Default: the model's options alone.</param>
    /// <exception cref="ArgumentException">The extension is not one that is written, or the description does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model is disposed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveWeights(this ResNetModel model, string path, ModelDescription? description = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        description ??= new ModelDescription { Options = model.Options };
        if (description.Options != model.Options)
        {
            throw new ArgumentException(
                "The description's options are not the model's; describe the model with Options = model.Options.", nameof(description));
        }

        string extension = Path.GetExtension(path);
        if (!extension.Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"{path} has the extension '{extension}'; weights are written as .safetensors. Change the name.", nameof(path));
        }

        var state = model.state_dict();
        DescribedNetwork.EnsureComplete(model.Options, state);
        SafeTensorsWriter.Write(path, state, DescriptionMetadata.ToMetadata(description));
    }
}
