namespace ResNet.Compilation;

/// <summary>The steps of a network for pictures of one size, and the memory of its maps, which is touched once and stays. One pass at a time.</summary>
internal sealed unsafe class ExecutionPlan : TeamWork, IDisposable
{
    private readonly IReadOnlyList<PlanStep> _steps;
    private readonly IReadOnlyList<MapPlace> _maps;
    private readonly PictureSource _pictures;
    private readonly LargeMemory _memory;
    private int _images;
    private int _threads;

    public ExecutionPlan(IReadOnlyList<PlanStep> steps, IReadOnlyList<MapPlace> maps, PictureSource pictures, long memorySize, int capacity)
    {
        _steps = steps;
        _maps = maps;
        _pictures = pictures;
        _memory = new LargeMemory(memorySize);
        Capacity = capacity;
    }

    /// <summary>Pictures at a time, at most.</summary>
    public int Capacity { get; }

    /// <summary>Bytes of the maps.</summary>
    public long MemorySize => _memory.Size;

    public override int StepCount => _steps.Count;

    /// <summary>Runs the network.</summary>
    /// <param name="pictures">N×C×H×W float.</param>
    /// <param name="images">Up to <see cref="Capacity"/>.</param>
    /// <param name="results">Receives the last map.</param>
    /// <param name="team">The threads.</param>
    public void Run(float* pictures, int images, Span<float> results, ComputeTeam team)
    {
        _pictures.Address = pictures;
        _images = images;
        _threads = team.ThreadCount;
        team.Run(this);
        new ReadOnlySpan<float>(_memory.Address + _maps[^1].Offset, results.Length).CopyTo(results);
    }

    /// <summary>What an operation left in memory, if the plan keeps every map.</summary>
    public byte* Map(int operation) => _memory.Address + _maps[operation].Offset;

    /// <summary>The shape of an operation's result.</summary>
    public MapPlace Place(int operation) => _maps[operation];

    public override int ItemCount(int step) => _steps[step].ItemCount(_images, _threads);

    public override void Run(int step, int item, WorkerScratch scratch) => _steps[step].Run(_memory.Address, _images, _threads, item, scratch);

    public void Dispose() => _memory.Dispose();
}
