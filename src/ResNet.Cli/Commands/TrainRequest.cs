using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>What <c>resnet train</c> was asked for. Null: whatever fits the pictures and the network.</summary>
internal sealed record TrainRequest
{
    public string Data { get; init; } = TrainingData.BuiltIn;

    /// <summary>The name of <see cref="Network"/> on the command line, for the run's folder.</summary>
    public required string NetworkName { get; init; }

    public required ResNetOptions Network { get; init; }

    public string? Recipe { get; init; }

    public string? Weights { get; init; }

    public string? Output { get; init; }

    public int? Epochs { get; init; }

    public int? Iterations { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public int Seed { get; init; }

    public int? WorkerCount { get; init; }

    public double ValidationShare { get; init; } = 0.1;

    public Normalization? Normalization { get; init; }

    public string Device { get; init; } = "auto";

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
            Preprocessing = Normalization is null ? recipe.Preprocessing : recipe.Preprocessing with { Normalization = Normalization },
            Seed = Seed,
            OutputDirectory = output,
        };
    }

    private TrainingOptions RecipeFor(TrainingData data, ResNetOptions network) => Recipe switch
    {
        "shapes" => TrainingOptions.Shapes,
        "cifar10" => TrainingOptions.PaperCifar10,
        "small" => TrainingOptions.SmallPictures,
        "photos" => TrainingOptions.Photos,
        _ when data.IsBuiltIn => TrainingOptions.Shapes,
        _ when network.Stem == StemKind.Cifar => TrainingOptions.SmallPictures,
        _ => TrainingOptions.Photos,
    };
}
