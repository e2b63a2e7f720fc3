using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>The options of a run as JSON for people and scripts to read.</summary>
internal static class RunOptions
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(), new PixelMeanText() },
    };

    public static string ToText(JsonObject run) => run.ToJsonString(Format) + "\n";

    /// <summary>Options of any kind, under their own names.</summary>
    public static JsonNode? Node<T>(T options)
    {
        using var scope = CultureScope.Invariant();
        return JsonSerializer.SerializeToNode(options, Format);
    }

    /// <summary>The same text in every culture.</summary>
    public static JsonObject ToJson(TrainingOptions options, ModelDescription description) => AsWrittenIn(CultureInfo.InvariantCulture, options, description);

    /// <summary>With the numbers that records write in a culture, as runs once kept them.</summary>
    public static JsonObject AsWrittenIn(CultureInfo culture, TrainingOptions options, ModelDescription description)
    {
        using var scope = CultureScope.Of(culture);
        var training = new JsonObject
        {
            ["epochs"] = options.Epochs,
            ["iterations"] = options.Iterations,
            ["batchSize"] = options.BatchSize,
            ["microBatchSize"] = options.MicroBatchSize,
            ["learningRate"] = options.LearningRate,
            ["momentum"] = options.Momentum,
            ["momentumForm"] = options.MomentumForm.ToString(),
            ["nesterov"] = options.Nesterov,
            ["weightDecay"] = options.WeightDecay,
            ["weightDecayTarget"] = options.WeightDecayTarget.ToString(),
            ["gradientClipNorm"] = options.GradientClipNorm,
            ["lossLimit"] = options.LossLimit,
            ["weightAverage"] = JsonSerializer.SerializeToNode(options.WeightAverage, Format),
            ["labelSmoothing"] = options.LabelSmoothing,
            ["classWeights"] = options.ClassWeights is { } weights ? new JsonArray([.. weights.Select(weight => JsonValue.Create(weight))]) : null,
            ["freezeBackboneEpochs"] = options.FreezeBackboneEpochs,
            ["backboneRateFactor"] = options.BackboneRateFactor,
            ["precision"] = options.Precision.ToString(),
            ["schedule"] = ScheduleNode(options.Schedule),
            ["augmentation"] = options.Augmentation is TransformChain chain ? string.Join(", ", chain.Transforms) : options.Augmentation?.ToString(),
            ["augmentWholePicture"] = options.AugmentWholePicture,
            ["mixing"] = JsonSerializer.SerializeToNode(options.Mixing, Format),
            ["balanceClasses"] = options.BalanceClasses,
            ["recomputeBatchNormPictures"] = options.RecomputeBatchNormPictures,
            ["earlyStopping"] = JsonSerializer.SerializeToNode(options.EarlyStopping, Format),
            ["seed"] = options.Seed,
            ["workerCount"] = options.WorkerCount,
        };
        return new JsonObject
        {
            ["network"] = JsonSerializer.SerializeToNode(description.Options, Format),
            ["preprocessing"] = JsonSerializer.SerializeToNode(description.Preprocessing, Format),
            ["labels"] = new JsonArray([.. description.Labels!.Select(label => JsonValue.Create(label))]),
            ["training"] = training,
        };
    }

    /// <summary>A schedule of somebody's own is known by what it says of itself.</summary>
    private static JsonNode? ScheduleNode(LearningRateSchedule schedule)
    {
        var node = JsonSerializer.SerializeToNode(schedule, Format);
        return node?["kind"] is null ? JsonValue.Create(schedule.ToString()) : node;
    }

    /// <summary>Its size and its channels; the weights' own description has the numbers, which are too many to read.</summary>
    private sealed class PixelMeanText : JsonConverter<PixelMean>
    {
        public override PixelMean Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("The options of a run are written, not read; read the description of its weights.");

        public override void Write(Utf8JsonWriter writer, PixelMean value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
