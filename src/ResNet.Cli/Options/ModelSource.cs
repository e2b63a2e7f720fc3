using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>A file of weights with everything that is known of it, from the file itself or from the command line.</summary>
internal sealed record ModelSource(string Path, ResNetOptions Options, Preprocessing Preprocessing, ClassLabels? Labels)
{
    /// <summary>Works out what the file holds; a file that does not say it is never guessed at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asked">The network of the command line; null where it names none.</param>
    /// <param name="normalization">The normalisation of the command line; null where it names none.</param>
    public static ModelSource Open(string path, ResNetOptions? asked, Normalization? normalization)
    {
        if (!ModelFile.TryReadDescription(path, out var description))
        {
            var options = asked ?? throw new UsageException(
                $"{path} does not say which network it belongs to. Say it with --arch (and --shortcut, --zero-padding, --bottleneck-stride where they differ).");
            var assumed = options.Stem == StemKind.Cifar ? Preprocessing.Cifar10 : Preprocessing.ImageNet;
            return new ModelSource(path, options, normalization is null ? assumed : assumed with { Normalization = normalization }, null);
        }

        if (asked is not null && asked with { ClassCount = description.Options.ClassCount, Initialization = description.Options.Initialization } != description.Options)
        {
            throw new UsageException($"{path} says that it is {description.Options}, but the command line says {asked}. Leave --arch and its companions out.");
        }

        var preprocessing = description.Preprocessing ?? (description.Options.Stem == StemKind.Cifar ? Preprocessing.Cifar10 : Preprocessing.ImageNet);
        return new ModelSource(
            path, description.Options, normalization is null ? preprocessing : preprocessing with { Normalization = normalization }, description.Labels);
    }

    /// <summary>Builds the network and loads the weights; the caller disposes it.</summary>
    public ResNetModel Load(Device device)
    {
        var model = new ResNetModel(Options, device);
        try
        {
            model.LoadWeights(Path);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
