using System.Diagnostics.CodeAnalysis;

namespace ResNet.Weights;

/// <summary>
/// Files of weights that say which network they belong to, as <see cref="WeightsExtensions.SaveWeights"/> writes them, and folders that do, as
/// the Hugging Face Hub lays timm's networks out (<c>config.json</c> beside <c>model.safetensors</c>).
/// </summary>
public static class ModelFile
{
    /// <summary>Reads what a file says about itself, without its weights.</summary>
    /// <param name="path">The file, or the folder.</param>
    /// <returns>The description.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, does not say its architecture, or says it in a newer format version.</exception>
    public static ModelDescription ReadDescription(string path)
    {
        using var file = Open(path, out var description);
        return description ?? Describe(file);
    }

    /// <summary>Reads what a file says about itself, if it says it.</summary>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="description">The description, or null.</param>
    /// <param name="reading">How the file is read; default: <see cref="StateDictReadOptions.Default"/>.</param>
    /// <returns>False where the file does not say its architecture.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or has a description that cannot be read.</exception>
    public static bool TryReadDescription(
        string path, [NotNullWhen(true)] out ModelDescription? description, StateDictReadOptions? reading = null)
    {
        using var file = Open(path, out description, reading);
        description ??= DescriptionMetadata.Read(file);
        return description is not null;
    }

    /// <summary>Builds the network that a file describes, and loads the file's weights into it.</summary>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="description">What the file says about itself.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, does not say its architecture, or says it in a newer format version.</exception>
    /// <exception cref="WeightsMismatchException">The tensors are not those of the network that the file describes.</exception>
    public static ResNetModel Load(string path, out ModelDescription description, Device? device = null) =>
        Load(path, out description, device, WeightsLoadOptions.Default);

    /// <summary>Builds the network of the given shape, and loads a file's weights into it.</summary>
    /// <param name="path">The file, or the folder, which need not say its architecture.</param>
    /// <param name="options">The shape of the network.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <param name="loading">How the weights are loaded; default: <see cref="WeightsLoadOptions.Default"/>.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="InvalidOptionsException">Such a network cannot be built.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or of a format that is not read.</exception>
    /// <exception cref="WeightsMismatchException">The weights do not fit the network.</exception>
    public static ResNetModel Load(string path, ResNetOptions options, Device? device = null, WeightsLoadOptions? loading = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        loading ??= WeightsLoadOptions.Default;
        using var file = StateDictFile.Open(path, loading.Reading);
        return Build(file, options, device, loading);
    }

    /// <summary>
    /// Builds the network that this library carries with it: a ResNet-20 for CIFAR-10's ten classes, trained by this library
    /// (docs/training.md says how, and how well it does). Pictures larger than its 32×32 are made as small.
    /// </summary>
    /// <param name="description">What is known of it.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    public static ResNetModel LoadBuiltIn(out ModelDescription description, Device? device = null)
    {
        const string Name = "resnet20-cifar10.safetensors";
        using var stream = typeof(ModelFile).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"{Name} is not in this assembly.");
        using var file = StateDictFile.Open(stream, Name);
        description = Describe(file);
        description = description with { Preprocessing = description.Preprocessing! with { ResizeShorterSide = description.Preprocessing.CropSize } };
        return Build(file, description.Options, device, WeightsLoadOptions.Default);
    }

    internal static ResNetModel Load(string path, out ModelDescription description, Device? device, WeightsLoadOptions loading)
    {
        using var file = Open(path, out var ofFolder, loading.Reading);
        description = ofFolder ?? Describe(file);
        return Build(file, description.Options, device, loading);
    }

    /// <summary>Opens a file, and reads what the configuration beside it says, where the path is a folder with one.</summary>
    private static StateDictFile Open(string path, out ModelDescription? ofFolder, StateDictReadOptions? reading = null)
    {
        ofFolder = HuggingFaceFolder.TryRead(path);
        var file = StateDictFile.Open(path, reading);
        try
        {
            if (ofFolder is not null)
            {
                DescribedNetwork.EnsureFits(ofFolder.Options, file);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static ResNetModel Build(StateDictFile file, ResNetOptions options, Device? device, WeightsLoadOptions loading)
    {
        var model = ResNetModel.Undrawn(options, device);
        try
        {
            var loaded = WeightsLoader.Load(model, file, loading).Loaded.ToHashSet(StringComparer.Ordinal);
            if (!model.named_parameters().All(parameter => loaded.Contains(parameter.name)))
            {
                // What the file does not have is drawn, in the order in which a fresh network draws it.
                model.Dispose();
                model = new ResNetModel(options, device);
                _ = WeightsLoader.Load(model, file, loading);
            }

            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ModelDescription Describe(StateDictFile file) =>
        DescriptionMetadata.Read(file) ?? throw new WeightsFormatException(
            file.Name,
            "the file does not say its architecture. Build the model from ResNetOptions and call LoadWeights; on the command line, pass --arch.");
}
