namespace ResNet.Compilation;

/// <summary>Work in steps, one after the other; each step is cut into items that the threads of a team share.</summary>
internal abstract class TeamWork
{
    public abstract int StepCount { get; }

    public abstract int ItemCount(int step);

    public abstract void Run(int step, int item, WorkerScratch scratch);
}
