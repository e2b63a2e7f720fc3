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
    public void Restore(LoadedCheckpoint checkpoint)
    {
        using var generator = torch.get_rng_state();
        checkpoint.EnsureHolds(Tensors().Append(KeyValuePair.Create(GeneratorName, generator)));
        _state = checkpoint.Read<RunState>("run");
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

        EnsureFiniteWeights();
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

    /// <summary>The loss tells of broken weights one iteration late; a checkpoint must not keep them.</summary>
    private void EnsureFiniteWeights()
    {
        using var scope = torch.NewDisposeScope();
        if (!_optimizer.Weights.isfinite().all().item<bool>())
        {
            throw Diverged(double.NaN, "largest weight");
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
