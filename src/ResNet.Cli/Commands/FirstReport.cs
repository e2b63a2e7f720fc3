using ResNet.Training;

namespace ResNet.Cli;

/// <summary>Does something once, when a run has done its first iteration: what was asked of it is then accepted, and under way.</summary>
internal sealed class FirstReport(IProgress<TrainingProgress> inner, Action first) : IProgress<TrainingProgress>
{
    private bool _done;

    public void Report(TrainingProgress value)
    {
        if (!_done)
        {
            first();
            _done = true;
        }

        inner.Report(value);
    }
}
