using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>What must be the same for a run to go on: network, options and pictures.</summary>
internal sealed class RunIdentity
{
    // These change how fast a run goes or what it leaves behind, never its numbers.
    private static readonly string[] Free = ["workerCount"];

    // A run may be made longer or shorter while it lasts, and go on after its end; checkpoints say how long it was meant to be.
    private static readonly string[] Length = ["epochs", "iterations"];

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
        var options = Without(Length, saved.GetValueOrDefault("options") ?? []);
        if (KeptSizes(options))
        {
            options[Preprocessing]![Resize] = Description.Preprocessing!.ResizeShorterSide;
        }

        // Runs of earlier versions kept some numbers as the culture of their process writes them.
        var differences = OptionDifferences.Between(options, Without(Length, Fixed(Options)));
        if (differences.Count > 0 && OptionDifferences.Between(options, Without(Length, Fixed(RunOptions.AsWrittenIn(CultureInfo.CurrentCulture, _options, Description)))).Count > 0)
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

    /// <summary>How long the run was meant to be when the checkpoint was written.</summary>
    /// <exception cref="CheckpointException">The checkpoint does not say it.</exception>
    public static RunLength LengthOf(LoadedCheckpoint checkpoint)
    {
        var training = checkpoint.Read<Dictionary<string, JsonObject>>("identity").GetValueOrDefault("options")?["training"];
        int? epochs = Number(training?["epochs"]), iterations = Number(training?["iterations"]);
        return epochs is null && iterations is null
            ? throw new CheckpointException($"{checkpoint.Path}: its state does not say how long the run is, which every run writes. Go on from another checkpoint.")
            : new RunLength(epochs, iterations);
    }

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) && number > 0 ? number : null;

    private static JsonObject Fixed(JsonObject options) => Without(Free, options);

    private static JsonObject Without(IEnumerable<string> names, JsonObject options)
    {
        var copy = options.DeepClone().AsObject();
        if (copy["training"] is JsonObject training)
        {
            foreach (string name in names)
            {
                training.Remove(name);
            }
        }

        return copy;
    }
}
