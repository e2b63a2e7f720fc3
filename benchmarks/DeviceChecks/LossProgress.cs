using ResNet.Training;

namespace ResNet.Benchmarks.DeviceChecks;

/// <summary>Keeps the losses of a run, in order.</summary>
internal sealed class LossProgress(List<double> losses) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => losses.Add(value.TrainLoss);
}
