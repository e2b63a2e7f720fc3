using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>What must be the same for a run to go on: network, options and pictures.</summary>
internal sealed class RunIdentity
{
    // These change how fast a run goes or what it leaves behind, never its numbers.
    private static readonly string[] Free = ["workerCount"];

    private const string Preprocessing = "preprocessing";
    private const string Resize = "resizeShorterSide";

    private readonly IImageDataset?[] _datasets;
    private readonly TrainingOptions _options;

    public RunIdentity(ResNetModel model, TrainingOptions options, IImageDataset train, IImageDataset? validation)
    {
        Description = new ModelDescription { Options = model.Options, Preprocessing = options.Preprocessing, Labels = train.Labels };
        Options = RunOptions.ToJson(options, Description);
        _datasets = [train, validation];
        _options = options;
        Data = new JsonObject
        {
            ["train"] = DataFingerprint.Of(train),
            ["validation"] = validation is null ? null : DataFingerprint.Of(validation),
        };
    }

    public ModelDescription Description { get; }

    /// <summary>As in options.json.</summary>
    public JsonObject Options { get; }

    public JsonObject Data { get; }

    public JsonObject ToJson() => new() { ["options"] = Fixed(Options), ["data"] = Data.DeepClone() };

    /// <exception cref="CheckpointException">The checkpoint is of a run with others.</exception>
    public void EnsureThatOf(LoadedCheckpoint checkpoint)
    {
        var saved = checkpoint.Read<Dictionary<string, JsonObject>>("identity");
        var options = saved.GetValueOrDefault("options") ?? [];
        if (KeptSizes(options))
        {
            options[Preprocessing]![Resize] = Description.Preprocessing!.ResizeShorterSide;
        }

        // Runs of earlier versions kept some numbers as the culture of their process writes them.
        var differences = OptionDifferences.Between(options, Fixed(Options));
        if (differences.Count > 0 && OptionDifferences.Between(options, Fixed(RunOptions.ToJson(_options, Description, CultureInfo.CurrentCulture))).Count > 0)
        {
            throw CheckpointException.OtherOptions(checkpoint.Path, differences);
        }

        differences = OptionDifferences.Between(saved.GetValueOrDefault("data") ?? [], Data);
        if (differences.Count > 0)
        {
            throw CheckpointException.OtherData(checkpoint.Path, differences);
        }
    }

    /// <summary>
    /// Whether a run resized nothing, where this one resizes to the crop's size, and all images are of that size: it sees the same pixels. CIFAR-10's
    /// preprocessing once named no resize.
    /// </summary>
    private bool KeptSizes(JsonObject saved) =>
        saved[Preprocessing] is JsonObject stored && stored.ContainsKey(Resize) && stored[Resize] is null
        && Description.Preprocessing is { } now && now.ResizeShorterSide == now.CropSize
        && Array.TrueForAll(_datasets, dataset => dataset is null || AreAllOf(now.CropSize, dataset));

    private static bool AreAllOf(int side, IImageDataset dataset) => dataset is ISizedDataset sized
        && Enumerable.Range(0, sized.Count).All(index => sized.SizeOf(index) is var (width, height) && width == side && height == side);

    private static JsonObject Fixed(JsonObject options)
    {
        var copy = options.DeepClone().AsObject();
        var training = copy["training"]!.AsObject();
        foreach (string name in Free)
        {
            training.Remove(name);
        }

        return copy;
    }
}
