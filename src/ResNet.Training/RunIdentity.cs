using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>What must be the same for a run to go on: network, options and pictures.</summary>
internal sealed class RunIdentity
{
    // These change how fast a run goes or what it leaves behind, never its numbers.
    private static readonly string[] Free = ["workerCount"];

    public RunIdentity(ResNetModel model, TrainingOptions options, IImageDataset train, IImageDataset? validation)
    {
        Description = new ModelDescription { Options = model.Options, Preprocessing = options.Preprocessing, Labels = train.Labels };
        Options = RunOptions.ToJson(options, Description);
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
        var differences = OptionDifferences.Between(saved.GetValueOrDefault("options") ?? [], Fixed(Options));
        if (differences.Count > 0)
        {
            throw CheckpointException.OtherOptions(checkpoint.Path, differences);
        }

        differences = OptionDifferences.Between(saved.GetValueOrDefault("data") ?? [], Data);
        if (differences.Count > 0)
        {
            throw CheckpointException.OtherData(checkpoint.Path, differences);
        }
    }

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
