namespace ResNet.Compilation;

/// <summary>One step of a compiled network on maps of one size. It is immutable; what it reads and writes lies at its places in the memory it is given.</summary>
internal abstract unsafe class PlanStep
{
    /// <summary>Where the result goes.</summary>
    public required long Target { get; init; }

    /// <summary>Pieces of the step that may run at the same time.</summary>
    public abstract int ItemCount(int images, int threads);

    /// <summary>Runs one piece.</summary>
    public abstract void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch);
}
