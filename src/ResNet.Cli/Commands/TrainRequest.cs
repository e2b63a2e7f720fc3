using System.Text.Json;
using System.Text.Json.Serialization;
using ResNet.Imaging;
using ResNet.Training;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What <c>resnet train</c> was asked for. Null: whatever fits the pictures and the network.</summary>
internal sealed record TrainRequest
{
    private const string FileName = "command.json";
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    public string Data { get; init; } = TrainingData.BuiltIn;

    /// <summary>The name of <see cref="Network"/> on the command line, for the run's folder.</summary>
    public required string NetworkName { get; init; }

    public required ResNetOptions Network { get; init; }

    public string? Recipe { get; init; }

    /// <summary>A file, by its whole path, or a name of published weights.</summary>
    public string? Weights { get; init; }

    /// <summary>How the pictures of <see cref="Weights"/> were prepared.</summary>
    [JsonIgnore]
    public Preprocessing? WeightsPreprocessing { get; init; }

    /// <summary>The classes of <see cref="Weights"/>, where they are known.</summary>
    [JsonIgnore]
    public ClassLabels? WeightsLabels { get; init; }

    public string? Output { get; init; }

    public int? Epochs { get; init; }

    public int? Iterations { get; init; }

    /// <summary>The length that the run was begun with, where it was changed since: what follows from it stays. Null: it never was.</summary>
    public TrainLength? BegunWith { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public int Seed { get; init; }

    public int? WorkerCount { get; init; }

    public double ValidationShare { get; init; } = 0.1;

    /// <summary>The folder that chooses the best weights; null: a share of the training pictures does, as in all runs of earlier versions.</summary>
    public string? ValidationFolder { get; init; }

    /// <summary>The folder to test on; null: it is found by its name.</summary>
    public string? TestFolder { get; init; }

    /// <summary>The classes of a run that goes on: what has come into the folder since, such as the run itself, does not change them.</summary>
    [JsonIgnore]
    public ClassLabels? Labels { get; init; }

    /// <summary>As on the command line: imagenet, cifar10 or none.</summary>
    public string? Normalization { get; init; }

    public Precision Precision { get; init; }

    public int? MicroBatchSize { get; init; }

    public int? CheckpointIterations { get; init; }

    public string Device { get; init; } = "auto";

    /// <summary>Whether the weights say which images they were trained on.</summary>
    public bool SaveFingerprint { get; init; } = true;

    /// <summary>Which images <see cref="Weights"/> were trained on.</summary>
    [JsonIgnore]
    public TrainingFingerprint? InitialFingerprint { get; init; }

    /// <summary>Whether the run in <see cref="Output"/> goes on.</summary>
    [JsonIgnore]
    public bool IsResumed { get; init; }

    /// <summary>Whether the run that goes on is asked for another length than it had before.</summary>
    [JsonIgnore]
    public bool HasNewLength { get; init; }

    /// <summary>Whether a run was begun in this folder.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads what a run was asked for when it was begun.</summary>
    public static TrainRequest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException($"{folder} is no folder of 'resnet train': {FileName} is missing. Give the folder that the run printed when it began.");
        }

        try
        {
            var request = JsonSerializer.Deserialize<TrainRequest>(File.ReadAllText(path), Format) ?? throw new JsonException("it is empty");
            request = request with { Output = folder, IsResumed = true, Labels = LabelsOf(folder) };
            return request.Weights is null ? request : request with { WeightsPreprocessing = PreprocessingOf(folder, out var description), InitialFingerprint = description.Fingerprint };
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new CheckpointException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static ClassLabels? LabelsOf(string folder)
    {
        try
        {
            string last = Path.Combine(folder, "last.safetensors");
            return File.Exists(last) && ModelFile.TryReadDescription(last, out var description) ? description.Labels : null;
        }
        catch (Exception ex) when (ex is WeightsFormatException or IOException or UnauthorizedAccessException)
        {
            // The checkpoints decide what goes on; this only helps to find its pictures.
            return null;
        }
    }

    private static Preprocessing PreprocessingOf(string folder, out ModelDescription description)
    {
        string last = Path.Combine(folder, "last.safetensors");
        return File.Exists(last) && ModelFile.TryReadDescription(last, out description!) && description.Preprocessing is { } preprocessing
            ? preprocessing
            : throw new CheckpointException($"{last} is missing: the run was stopped before it began, and nothing is lost. Begin it again, in another folder.");
    }

    /// <summary>The same run with another length in all.</summary>
    public TrainRequest WithLength(int? epochs, int? iterations) =>
        this with { Epochs = epochs, Iterations = iterations, HasNewLength = true, BegunWith = BegunWith ?? new TrainLength(Epochs, Iterations) };

    /// <summary>Writes it into the folder of the run that goes on, in place of what the run was asked for before.</summary>
    public void Replace(RunDirectory directory) => Write(Path.Combine(directory.Path, FileName));

    /// <summary>Writes it into the run's folder, for <c>--resume</c>.</summary>
    /// <exception cref="CheckpointException">The folder has a run already.</exception>
    /// <returns>The file's path.</returns>
    public string Save(RunDirectory directory)
    {
        string path = Path.Combine(directory.Path, FileName);
        if (File.Exists(path))
        {
            throw new CheckpointException($"{directory.Path} already holds a run. Go on with it (--resume {directory.Path}), or choose another --output.");
        }

        if (directory.HoldsRun)
        {
            throw new CheckpointException($"{directory.Path} already holds a run, which 'resnet train' did not begin. Choose another --output.");
        }

        Write(path);
        return path;
    }

    /// <summary>The recipe with every wish of the command line applied.</summary>
    public TrainingOptions ToOptions(TrainingData data, ResNetOptions network, string output)
    {
        var recipe = RecipeFor(data, network);
        bool ownLength = Epochs is not null || Iterations is not null;
        return recipe with
        {
            Epochs = ownLength ? Epochs : recipe.Epochs,
            Iterations = ownLength ? Iterations : recipe.Iterations,
            BatchSize = BatchSize ?? recipe.BatchSize,
            LearningRate = LearningRate ?? recipe.LearningRate,
            WorkerCount = WorkerCount ?? recipe.WorkerCount,
            Preprocessing = CommonOptions.ReadNormalization(Normalization) is { } normalization ? recipe.Preprocessing with { Normalization = normalization } : recipe.Preprocessing,
            Precision = Precision,
            MicroBatchSize = MicroBatchSize ?? (recipe.MicroBatchSize is { } part ? Math.Min(part, BatchSize ?? recipe.BatchSize) : null),

            FreezeBackboneEpochs = FrozenEpochs(recipe, data.Train.Count),
            CheckpointIterations = CheckpointIterations ?? recipe.CheckpointIterations,
            Seed = Seed,
            SaveFingerprint = SaveFingerprint,
            InitialFingerprint = InitialFingerprint,
            OutputDirectory = output,
        };
    }

    private void Write(string path) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(this with { Output = null }, Format) + "\n");

    /// <summary>A run of another length freezes the backbone for about the same share of it.</summary>
    private int FrozenEpochs(TrainingOptions recipe, int pictures)
    {
        var begun = BegunWith ?? new TrainLength(Epochs, Iterations);
        double? own = begun.Iterations is { } iterations ? (double)iterations * (BatchSize ?? recipe.BatchSize) / pictures : begun.Epochs;
        return recipe.FreezeBackboneEpochs == 0 || own is not { } epochs || recipe.Epochs is not { } usual
            ? recipe.FreezeBackboneEpochs
            : Math.Max(epochs < 2 ? 0 : 1, (int)Math.Round(recipe.FreezeBackboneEpochs * epochs / usual));
    }

    private TrainingOptions RecipeFor(TrainingData data, ResNetOptions network) => Recipe switch
    {
        "shapes" => TrainingOptions.Shapes,
        "cifar10" => TrainingOptions.PaperCifar10For(network.Depth),
        "imagenet" => TrainingOptions.PaperImageNet,
        "modern" => TrainingOptions.Modern,
        "finetune" => FineTune(),
        "small" => TrainingOptions.SmallPictures,
        "photos" => TrainingOptions.Photos,
        _ when Weights is not null => FineTune(),
        _ when data.IsBuiltIn => TrainingOptions.Shapes,
        _ when network.Stem == StemKind.Cifar => TrainingOptions.SmallPictures,
        _ => TrainingOptions.Photos,
    };

    private TrainingOptions FineTune() => WeightsPreprocessing is null
        ? throw new UsageException("--recipe finetune begins with weights of another task; give them by --weights.")
        : TrainingOptions.FineTuneFor(WeightsPreprocessing);
}
