using System.CommandLine;
using ResNet.Imaging;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>A file of weights with everything that is known of it, from the file itself or from the command line.</summary>
internal sealed record ModelSource(string Path, ResNetOptions Options, Preprocessing Preprocessing, ClassLabels? Labels)
{
    /// <summary>What was assumed because neither file nor command line says it; null where nothing was.</summary>
    public string? Assumption { get; private init; }

    private StateDictReadOptions Reading { get; init; } = StateDictReadOptions.Default;

    /// <summary>Works out what the file holds; a file that does not say it is never guessed at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">The command line's options of the network.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="normalization">The normalisation of the command line; null where it names none.</param>
    /// <param name="reading">How the file is read.</param>
    public static ModelSource Open(
        string path, ArchitectureOptions architecture, ParseResult parsed, Normalization? normalization, StateDictReadOptions reading)
    {
        var source = Describe(path, architecture, parsed, normalization, reading);
        return source with { Reading = reading };
    }

    /// <summary>Builds the network and loads the weights; the caller disposes it.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="console">Where is said what the file could not confirm.</param>
    public ResNetModel Load(Device device, IAnsiConsole console)
    {
        var model = new ResNetModel(Options, device);
        try
        {
            LoadReportText.Say(console, Path, model.LoadWeights(Path, new WeightsLoadOptions { Reading = Reading }));
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ModelSource Describe(
        string path, ArchitectureOptions architecture, ParseResult parsed, Normalization? normalization, StateDictReadOptions reading)
    {
        if (!ModelFile.TryReadDescription(path, out var description, reading))
        {
            string name = architecture.Name(parsed) ?? throw new UsageException(
                $"{path} does not say which network it belongs to. Say it with --arch (and --shortcut, --zero-padding, --bottleneck-stride where they differ).");
            return Assume(path, architecture.Read(parsed, name), normalization, null);
        }

        architecture.EnsureAgrees(parsed, path, description.Options);
        if (description.Preprocessing is not { } preprocessing)
        {
            return Assume(path, description.Options, normalization, description.Labels);
        }

        return normalization is null || normalization == preprocessing.Normalization
            ? new ModelSource(path, description.Options, preprocessing, description.Labels)
            : throw new UsageException(
                $"{path} says that its pictures are normalised by {preprocessing.Normalization}, but --normalization says {normalization}. Leave --normalization out.");
    }

    private static ModelSource Assume(string path, ResNetOptions options, Normalization? normalization, ClassLabels? labels)
    {
        var usual = options.Stem == StemKind.Cifar ? Preprocessing.Cifar10 : Preprocessing.ImageNet;
        var preprocessing = normalization is null ? usual : usual with { Normalization = normalization };
        string resize = preprocessing.ResizeShorterSide is { } side ? $"shorter side to {side}, " : string.Empty;
        return new ModelSource(path, options, preprocessing, labels)
        {
            Assumption = $"{path} does not say how pictures are prepared; assuming {resize}crop of {preprocessing.CropSize}, {preprocessing.Normalization}.",
        };
    }
}
