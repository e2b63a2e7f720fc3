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
    /// <param name="path">
    /// The file to write; its extension decides the format: <c>.safetensors</c>, or <c>.pth</c> and <c>.pt</c> as Python's torch.save writes
    /// state dictionaries. Its folder is created if it is missing.
    /// </param>
    /// <param name="description">What the file says about itself; its options must be the model's. Default: the model's options alone.</param>
    /// <param name="progress">Hears the share of the values that is written, from 0 to 1. Default: nobody does.</param>
    /// <param name="cancellationToken">Ends the writing; the older file stays.</param>
    /// <exception cref="ArgumentException">The extension is not one that is written, or the description does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveWeights(
        this ResNetModel model,
        string path,
        ModelDescription? description = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        description ??= new ModelDescription { Options = model.Options };
        if (description.Options != model.Options)
        {
            throw new ArgumentException(
                "The description's options are not the model's; describe the model with Options = model.Options.", nameof(description));
        }

        WeightsOutput.EnsureWritable(path);
        var state = model.state_dict();
        DescribedNetwork.EnsureComplete(model.Options, state);
        var tensors = state.Select(pair => TensorToWrite.Of(pair.Key, pair.Value));
        WeightsOutput.Write(path, tensors, DescriptionMetadata.ToMetadata(description), progress, cancellationToken);
    }

    /// <summary>
    /// Writes all tensors of a file as they are, with their names and the texts beside them, into another file, whole or not at all.
    /// </summary>
    /// <param name="file">The file; tensors are read one at a time.</param>
    /// <param name="path">The file to write; its extension decides the format: <c>.safetensors</c>, <c>.pth</c> or <c>.pt</c>.</param>
    /// <param name="progress">Hears the share of the values that is written, from 0 to 1. Default: nobody does.</param>
    /// <param name="cancellationToken">Ends the writing; an older file of that name stays.</param>
    /// <exception cref="ArgumentException">The extension is not one that is written, or the format cannot hold a name or a type.</exception>
    /// <exception cref="WeightsFormatException">The values are not of their type (a boolean other than 0 and 1).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveAs(
        this StateDictFile file, string path, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        if (file.Paths.Contains(ExistingFile.RealPath(path), StringComparer.Ordinal))
        {
            throw new ArgumentException($"{path} is one of the files that are read; name another one to write.", nameof(path));
        }

        // Every safetensors file says that its tensors are PyTorch's; the writer of such files says it anew.
        var metadata = file.Metadata.Where(pair => pair.Key != "format").ToDictionary(StringComparer.Ordinal);
        WeightsOutput.Write(path, file.Entries.Select(entry => TensorToWrite.Of(file, entry)), metadata, progress, cancellationToken);
    }
}
