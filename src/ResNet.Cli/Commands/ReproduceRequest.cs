using ResNet.Training;

namespace ResNet.Cli;

/// <summary>What <c>resnet reproduce</c> was asked for.</summary>
internal sealed record ReproduceRequest
{
    public required string Data { get; init; }

    public required IReadOnlyList<CifarExperiment> Experiments { get; init; }

    public required int Iterations { get; init; }

    public required string Output { get; init; }

    public int Seed { get; init; }

    public int? WorkerCount { get; init; }

    public Precision Precision { get; init; }

    public required string Device { get; init; }

    /// <summary>The command line that asks for the same again.</summary>
    public required string Command { get; init; }

    /// <summary>The run of one network: what <c>resnet train</c> would be asked for, in a folder of its own, so that it can be looked at and gone on with as any other.</summary>
    /// <exception cref="CheckpointException">Its folder holds another run.</exception>
    public TrainRequest RunOf(CifarExperiment experiment)
    {
        string folder = Path.Combine(Output, experiment.FolderName);
        var wanted = new TrainRequest
        {
            Data = TrainingData.Place(Data),
            NetworkName = $"resnet{experiment.Options.Depth}-cifar",
            Network = experiment.Options,
            Recipe = "cifar10",
            Iterations = Iterations,
            Seed = Seed,
            WorkerCount = WorkerCount,
            Precision = Precision,
            Device = Device,
            Output = folder,
        };
        if (!TrainRequest.IsIn(folder))
        {
            return wanted;
        }

        // Where its pictures lie and how many threads read them may change; nothing else.
        var begun = TrainRequest.Read(folder) with { Data = wanted.Data, WorkerCount = wanted.WorkerCount };
        return begun with { IsResumed = false, Labels = null } == wanted
            ? begun
            : throw new CheckpointException($"{folder} holds a run of other options (another length, seed or precision). Give those again, or choose another --output.");
    }
}
