namespace ResNet.Training;

/// <summary>How the learning rate changes during training: a function of the iteration, so that nothing has to be stored to resume.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The factor on the base learning rate.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="iterationCount">Iterations of the whole run.</param>
    /// <returns>A factor, usually 0 to 1.</returns>
    public abstract double FactorAt(int iteration, int iterationCount);

    /// <summary>Lists everything that is wrong with the schedule.</summary>
    /// <returns>One sentence a fault; empty when it can be used.</returns>
    public abstract IReadOnlyList<string> Faults();
}
