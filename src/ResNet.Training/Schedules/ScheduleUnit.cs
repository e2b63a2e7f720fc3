namespace ResNet.Training;

/// <summary>What points and lengths of a schedule are counted in.</summary>
public enum ScheduleUnit
{
    /// <summary>Shares of the whole run, 0 to 1: a shorter run keeps the proportions.</summary>
    RunShare,

    /// <summary>Iterations from the start.</summary>
    Iteration,

    /// <summary>Epochs from the start; fractions are allowed.</summary>
    Epoch,
}
