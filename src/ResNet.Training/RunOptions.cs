using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>The options of a run as JSON for people and scripts to read.</summary>
internal static class RunOptions
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string ToJson(TrainingOptions options, ModelDescription description)
    {
        var training = new JsonObject
        {
            ["epochs"] = options.Epochs,
            ["iterations"] = options.Iterations,
            ["batchSize"] = options.BatchSize,
            ["learningRate"] = options.LearningRate,
            ["momentum"] = options.Momentum,
            ["weightDecay"] = options.WeightDecay,
            ["schedule"] = options.Schedule.ToString(),
            ["augmentation"] = options.Augmentation is TransformChain chain ? string.Join(", ", chain.Transforms) : options.Augmentation?.ToString(),
            ["seed"] = options.Seed,
            ["workerCount"] = options.WorkerCount,
        };
        var run = new JsonObject
        {
            ["network"] = JsonSerializer.SerializeToNode(description.Options, Format),
            ["preprocessing"] = JsonSerializer.SerializeToNode(description.Preprocessing, Format),
            ["labels"] = new JsonArray([.. description.Labels!.Select(label => JsonValue.Create(label))]),
            ["training"] = training,
        };
        return run.ToJsonString(Format) + "\n";
    }
}
