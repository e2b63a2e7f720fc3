using System.Text.Json.Nodes;
using ResNet.Inference;

namespace ResNet.Training;

/// <summary>The numbers of an evaluation as JSON.</summary>
internal static class EvaluationDocument
{
    /// <summary>A larger matrix would be a million numbers that nobody reads; the pairs that are confused most say what matters.</summary>
    private const int MostClassesOfMatrix = 100;

    public const int ConfusedPairCount = 20;

    public static JsonObject Create(EvaluationReport report, EvaluationSetup setup, IImageDataset dataset) => new()
    {
        ["images"] = report.Images,
        ["top1Correct"] = report.Top1Correct,
        ["top5Correct"] = report.Top5Correct,
        ["top1Error"] = report.Top1Error,
        ["top1Interval"] = Interval(report.Top1Interval),
        ["top5Error"] = report.Top5Error,
        ["top5Interval"] = Interval(report.Top5Interval),
        ["loss"] = Number(report.Loss),
        ["unanswered"] = report.UnansweredCount,
        ["expectedCalibrationError"] = report.Calibration.ExpectedCalibrationError,
        ["macroPrecision"] = report.MacroPrecision,
        ["macroRecall"] = report.MacroRecall,
        ["macroF1"] = report.MacroF1,
        ["viewCount"] = report.ViewCount,
        ["options"] = Options(report.Options),
        ["engine"] = Engine(report.Engine),
        ["preprocessing"] = RunOptions.Node(report.Preprocessing),
        ["weights"] = setup.Weights,
        ["network"] = RunOptions.Node(setup.Network),
        ["data"] = setup.Data,
        ["seenImages"] = EvaluationFiles.ToJson(setup.Seen),
        ["device"] = setup.Device,
        ["seconds"] = setup.Duration?.TotalSeconds,
        ["date"] = setup.Date.ToString("O"),
        ["calibration"] = List(report.Calibration.Bins, bin => new JsonObject
        {
            ["low"] = bin.Low,
            ["high"] = bin.High,
            ["count"] = bin.Count,
            ["meanConfidence"] = bin.MeanConfidence,
            ["accuracy"] = bin.Accuracy,
        }),
        ["classes"] = List(report.Classes, score => new JsonObject
        {
            ["label"] = score.Label,
            ["name"] = score.Name,
            ["images"] = score.Images,
            ["predicted"] = score.Predicted,
            ["right"] = score.Right,
            ["precision"] = score.Precision,
            ["recall"] = score.Recall,
            ["f1"] = score.F1,
        }),
        ["confusion"] = report.Labels.Count > MostClassesOfMatrix ? null : Matrix(report.Confusion),
        ["confusedPairs"] = List(report.Confusion.MostConfused(ConfusedPairCount), pair => new JsonObject
        {
            ["actual"] = report.Labels[pair.Actual],
            ["predicted"] = report.Labels[pair.Predicted],
            ["count"] = pair.Count,
        }),
        ["mistakes"] = List(report.ConfidentMistakes(setup.MistakeCount), answer => new JsonObject
        {
            ["index"] = answer.Index,
            ["picture"] = dataset.NameOf(answer.Index),
            ["actual"] = report.Labels[answer.Label],
            ["predicted"] = report.Labels[answer.Predicted],
            ["confidence"] = answer.Confidence,
            ["labelProbability"] = answer.LabelProbability,
        }),
        ["faults"] = List([.. setup.Faults, .. report.Faults], fault => new JsonObject { ["path"] = fault.Path, ["reason"] = fault.Reason }),
    };

    public static JsonObject Options(EvaluationOptions options) => new()
    {
        ["crops"] = options.Crops?.ToString(),
        ["fullyConvolutional"] = options.FullyConvolutional,
        ["scales"] = options.Scales is { } scales ? new JsonArray([.. scales.Select(scale => JsonValue.Create(scale))]) : null,
        ["flip"] = options.Flip,
        ["padding"] = options.Padding,
        ["enlargeSmallPictures"] = options.EnlargeSmallPictures,
        ["averaging"] = options.Averaging.ToString(),
        ["corruption"] = options.Corruption?.ToString(),
        ["seed"] = options.Seed,
        ["batchSize"] = options.BatchSize,
        ["workerCount"] = options.WorkerCount,
    };

    public static JsonObject Engine(EngineReport engine) => new()
    {
        ["name"] = engine.Compiled?.Engine.ToString() ?? nameof(EngineChoice.Eager),
        ["precision"] = engine.Compiled?.Precision.ToString(),
        ["text"] = engine.ToString(),
    };

    private static JsonObject? Interval(ErrorInterval? interval) =>
        interval is { } known ? new JsonObject { ["low"] = known.Low, ["high"] = known.High } : null;

    private static JsonArray Matrix(ConfusionMatrix confusion) => List(
        Enumerable.Range(0, confusion.ClassCount),
        actual => List(Enumerable.Range(0, confusion.ClassCount), predicted => JsonValue.Create(confusion.Count(actual, predicted))));

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> node) => new([.. items.Select(node)]);

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
