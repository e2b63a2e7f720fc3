using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>The files of a run: options, reports, checkpoints, and the last and the best weights. Each is whole at any moment.</summary>
internal sealed class RunFiles : IDisposable
{
    public const string Last = "last.safetensors";
    public const string Best = "best.safetensors";
    private readonly string _path;
    private readonly ModelDescription _description;

    private RunFiles(string path, TrainingOptions options, RunIdentity identity, RunReport report, DataSplit split)
    {
        _path = path;
        _description = identity.Description with { Fingerprint = options.SaveFingerprint ? split.ToFingerprint().Union(options.InitialFingerprint) : null };
        Identity = identity.ToJson();
        Report = report;
        Checkpoints = CheckpointsOf(path, options);
    }

    /// <summary>What a checkpoint says of the run that it belongs to.</summary>
    public JsonObject Identity { get; }

    public RunReport Report { get; }

    public CheckpointFolder Checkpoints { get; }

    /// <summary>The newest checkpoint's path; null where there is none.</summary>
    public string? NewestCheckpoint => Checkpoints.Files() is [.., var newest] ? newest : null;

    public static CheckpointFolder CheckpointsOf(string path, TrainingOptions options) => new(CheckpointsIn(path), options.CheckpointsKept);

    public static string CheckpointsIn(string path) => Path.Combine(path, "checkpoints");

    /// <summary>Whether a run in this folder came as far as its first checkpoint; where that is gone, it cannot begin anew without losing what it left.</summary>
    public static bool HasBegun(string path) => File.Exists(Path.Combine(path, MetricsTable.FileName));

    /// <summary>Begins or goes on with the folder of a run, which must be held (<see cref="RunDirectory"/>).</summary>
    public static RunFiles Open(
        RunIdentity identity, ResNetModel model, TrainingOptions options, BatchLoader loader, IImageDataset? validation, ComputePath path, DataSplit split, ILogger logger)
    {
        string directory = options.OutputDirectory!;
        _ = OutputMarker.Mark(directory);
        AtomicFile.RemoveLeftovers(directory);
        AtomicFile.WriteAllText(Path.Combine(directory, "options.json"), RunOptions.ToText(identity.Options));
        split.Save(directory);
        var header = new RunReportHeader
        {
            Options = options,
            Description = identity.Description,
            ParameterCount = model.parameters().Sum(parameter => parameter.numel()),
            TrainPictureCount = loader.Dataset.Count,
            ValidationPictureCount = validation?.Count,
            IterationCount = options.IterationsOf(loader),
            Device = model.parameters().First().device.ToString(),
            ThreadCount = TorchRuntime.ThreadCount,
            Arithmetic = path.Reason,
        };
        return new RunFiles(directory, options, identity, new RunReport(directory, header, reason => TrainingLog.ReportFault(logger, reason)), split);
    }

    public void Save(ResNetModel model, string name) => model.SaveWeights(Path.Combine(_path, name), _description);

    /// <summary>Loads weights that were saved, changes them and saves them again.</summary>
    public void Change(string name, Action<ResNetModel> change, Device device)
    {
        using var model = ModelFile.Load(Path.Combine(_path, name), out _, device);
        change(model);
        Save(model, name);
    }

    public void Dispose() => Report.Dispose();
}
