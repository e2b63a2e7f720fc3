using System.Text.Json;
using System.Text.Json.Nodes;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Training;

/// <content>Saving everything that the run is, and going on from it.</content>
internal sealed partial class TrainingRun
{
    private const string ModelPrefix = "model.";
    private const string VelocityName = "velocity";
    private const string GeneratorName = "generator";
    private TimeSpan _lastCheckpoint;

    /// <summary>Takes over everything that a checkpoint holds.</summary>
    /// <exception cref="CheckpointException">It is of another network or damaged, or the run is past the length that it is to have now.</exception>
    public void Restore(LoadedCheckpoint checkpoint)
    {
        var length = RunIdentity.LengthOf(checkpoint);
        using var generator = torch.get_rng_state();
        checkpoint.EnsureHolds(Tensors().Append(KeyValuePair.Create(GeneratorName, generator)));
        _state = checkpoint.Read<RunState>("run");
        _state.History = MetricHistory.Joined(_state.History);
        try
        {
            _schedule.Load(checkpoint.Read<JsonObject>("schedule"));
            _earlyStopping?.Load(checkpoint.Read<JsonObject>("earlyStopping"));
        }
        catch (FormatException fault)
        {
            throw new CheckpointException($"{checkpoint.Path}: {fault.Message}", fault);
        }

        foreach (var (name, tensor) in Tensors())
        {
            checkpoint.CopyTo(name, tensor);
        }

        if (_average is not null)
        {
            _average.Count = _state.AverageCount;
        }

        checkpoint.CopyTo(GeneratorName, generator);
        torch.set_rng_state(generator);
        TrainingLog.Resumed(_logger, _state.Iteration, checkpoint.Path);
        if (PlannedBy(length, checkpoint.Path) is var before && before != _iterationCount)
        {
            Extend(before, checkpoint.Path);
        }
    }

    private int PlannedBy(RunLength length, string path)
    {
        try
        {
            return length.IterationsOf(_loader.BatchCount);
        }
        catch (OverflowException exception)
        {
            throw new CheckpointException($"{path}: its state says that the run has {length}, more than can be counted. Go on from another checkpoint.", exception);
        }
    }

    /// <summary>
    /// The options say another length than the checkpoint: the run gets it, even after its end. A schedule that counts in fractions of the run is that of
    /// the new length from here on, and what a schedule has learnt stays.
    /// </summary>
    private void Extend(int before, string path)
    {
        if (_iterationCount <= _state.Iteration)
        {
            throw new CheckpointException(
                Invariant($"{path}: {_state.Iteration:N0} iterations of the run are done, but {new RunLength(_options.Epochs, _options.Iterations)} ")
                + Invariant($"would be {_iterationCount:N0} in all. Ask for more than are done, or for the {before:N0} that were planned."));
        }

        double rate = _options.LearningRate * _schedule.FactorAt(_state.Iteration);
        var extension = new RunExtension(_state.Iteration, before, _iterationCount, _state.LearningRate, rate);
        _state.Extensions.Add(extension);
        _state.IsFinished = false;
        _earlyStopping?.Forgive();
        TrainingLog.Extended(_logger, extension);
    }

    private bool IsCheckpointDue() =>
        _files is not null
        && ((_options.CheckpointIterations is { } iterations && _state.Iteration % iterations == 0)
            || (_options.CheckpointInterval is { } interval && _clock.Total - _lastCheckpoint >= interval));

    private void SaveCheckpoint()
    {
        if (_files is null)
        {
            return;
        }

        EnsureFinite();
        using var generator = torch.get_rng_state();
        var saved = _state with
        {
            AverageCount = _average?.Count ?? 0,
            Elapsed = _state.Elapsed + _clock.Total,
            Faults = Faults(),
            ChannelMeanCount = ChannelMeanCount(),
        };
        var state = new JsonObject
        {
            ["identity"] = _files.Identity.DeepClone(),
            ["run"] = JsonSerializer.SerializeToNode(saved),
            ["schedule"] = _schedule.Save(),
            ["earlyStopping"] = _earlyStopping?.Save(),
            ["path"] = JsonSerializer.SerializeToNode(_path),
            ["threads"] = TorchRuntime.ThreadCount,
        };
        _files.Checkpoints.Write(
            new Checkpoint(_state.Iteration, [.. Tensors(), KeyValuePair.Create(GeneratorName, generator)], state),
            _state.BestIteration);
        _lastCheckpoint = _clock.Total;
    }

    /// <summary>The loss tells of broken weights one iteration late, and of broken statistics never; neither checkpoints nor weights must keep them.</summary>
    private void EnsureFinite()
    {
        if (FiniteValues.FirstBroken(_model) is { } broken)
        {
            throw Diverged(broken.Value, $"tensor {broken.Name}");
        }

        if (_average?.Averages.Select(FiniteValues.FirstBroken).FirstOrDefault(value => value is not null) is { } average)
        {
            throw Diverged(average, "average of the weights");
        }
    }

    private IEnumerable<KeyValuePair<string, Tensor>> Tensors()
    {
        foreach (var (name, tensor) in _model.state_dict())
        {
            yield return KeyValuePair.Create(ModelPrefix + name, tensor);
        }

        yield return KeyValuePair.Create(VelocityName, _optimizer.Velocity);
        for (int i = 0; i < _average?.Averages.Count; i++)
        {
            yield return KeyValuePair.Create(Invariant($"average.{i}"), _average.Averages[i]);
        }
    }
}
