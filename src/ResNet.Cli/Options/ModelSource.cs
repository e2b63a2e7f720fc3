using System.CommandLine;
using ResNet.Imaging;
using ResNet.Training;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>A file of weights with everything that is known of it, from the file itself or from the command line.</summary>
internal sealed record ModelSource(string Path, ResNetOptions Options, Preprocessing Preprocessing, ClassLabels? Labels)
{
    /// <summary>What was assumed because neither file nor command line says it; null where nothing was.</summary>
    public string? Assumption { get; private init; }

    /// <summary>Whether the network is known from the file or the registry, not from the command line.</summary>
    public bool IsDescribed { get; private init; }

    /// <summary>Which images the weights were trained on, as the file says; null where it does not.</summary>
    public TrainingFingerprint? Fingerprint { get; private init; }

    /// <summary>The same, and where the file does not say it, what the run says that left it.</summary>
    public TrainingFingerprint? FingerprintOfRun => RunDirectory.FindFingerprint(
        Path, new ModelDescription { Options = Options, Fingerprint = Fingerprint });

    private StateDictReadOptions Reading { get; init; } = StateDictReadOptions.Default;

    private string? Prefix { get; init; }

    /// <summary>Works out what the file holds; a file that does not say it is never guessed at.</summary>
    /// <param name="weights">The file, a folder with a configuration, or a name of published weights, which are fetched if need be.</param>
    /// <param name="architecture">The command line's options of the network.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="normalization">The normalisation of the command line; null where it names none.</param>
    /// <param name="reading">How the file is read.</param>
    /// <param name="fetch">Fetches published weights.</param>
    /// <param name="onlyWhereUnknown">Whether the command line speaks of files only that do not say it themselves, as it does where there are several.</param>
    /// <param name="name">The name of the network where the file does not say it. Default: null, the one of the command line.</param>
    public static ModelSource Open(
        string weights,
        ArchitectureOptions architecture,
        ParseResult parsed,
        Normalization? normalization,
        StateDictReadOptions reading,
        PretrainedFile fetch,
        bool onlyWhereUnknown = false,
        string? name = null)
    {
        (string path, var description) = fetch.Resolve(weights);
        bool isDescribed = description is not null || ModelFile.TryReadDescription(path, out description, reading);
        if (onlyWhereUnknown && description is not null)
        {
            normalization = description.Preprocessing is null ? normalization : null;
        }
        else if (description is not null)
        {
            architecture.EnsureAgrees(parsed, path, description.Options);
        }

        return Describe(path, description, architecture, parsed, normalization, name) with
        {
            Reading = reading,
            Prefix = ReadingOptions.Prefix(parsed),
            IsDescribed = isDescribed,
            Fingerprint = description?.Fingerprint,
        };
    }

    /// <summary>Builds the network and loads the weights; the caller disposes it.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="console">Where is said what the file could not confirm.</param>
    public ResNetModel Load(Device device, IAnsiConsole console)
    {
        if (IsDescribed)
        {
            // There is nothing to report, and a command is soon over: nobody writes into its file meanwhile.
            return ModelFile.Load(Path, Options, device, new WeightsLoadOptions { Reading = Reading, Prefix = Prefix, MapFile = true });
        }

        var model = new ResNetModel(Options, device);
        try
        {
            var report = model.LoadWeights(Path, new WeightsLoadOptions { Reading = Reading, Prefix = Prefix });
            LoadReportText.Say(console, Path, report);
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
        string path, ModelDescription? description, ArchitectureOptions architecture, ParseResult parsed, Normalization? normalization, string? name)
    {
        if (description is null)
        {
            name ??= architecture.Name(parsed) ?? throw new UsageException(
                $"{path} does not say which network it belongs to. Say it with --arch (and --shortcut, --zero-padding, --bottleneck-stride where they differ).");
            return Assume(path, architecture.Read(parsed, name), normalization, null);
        }

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
