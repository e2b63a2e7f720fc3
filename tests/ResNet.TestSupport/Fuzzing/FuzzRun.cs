namespace ResNet.TestSupport.Fuzzing;

/// <summary>Reads mutants on several threads, watches over them, and keeps what shows an error of the reader.</summary>
public sealed class FuzzRun
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private readonly FuzzReport _report = new();
    private long _next;
    private volatile bool _over;

    /// <summary>The reader and its mutants.</summary>
    public required IFuzzTarget Target { get; init; }

    /// <summary>Number of the first mutant.</summary>
    public long First { get; init; }

    /// <summary>How many mutants.</summary>
    public required long Count { get; init; }

    /// <summary>Threads.</summary>
    public int WorkerCount { get; init; } = 1;

    /// <summary>Longest that a mutant may take of a processor; a thread cannot be ended from outside, so the first that hangs ends the run.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Folder for mutants that show an error; null keeps none.</summary>
    public string? Findings { get; init; }

    /// <summary>Receives findings and, every now and then, the figures so far.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>How often figures are given.</summary>
    public TimeSpan BetweenLines { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs to the end, or until it is stopped, or until a mutant hangs.</summary>
    public FuzzReport Run(CancellationToken cancellation = default)
    {
        if (Findings is not null)
        {
            Directory.CreateDirectory(Findings);
        }

        _next = First;
        var workers = Enumerable.Range(0, WorkerCount)
            .Select(i => new FuzzWorker(Findings is null ? null : Path.Combine(Findings, $"worker-{i}.last"))).ToArray();
        foreach (var worker in workers)
        {
            worker.Start(() => Work(worker, cancellation));
        }

        if (Watch(workers))
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        return _report;
    }

    private void Work(FuzzWorker worker, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref _next) - 1 is var number && number < First + Count)
        {
            var mutant = Target.Mutant(number);
            worker.Begin(number);
            var before = ThreadTime.Now();
            var outcome = Target.Read(mutant);
            var time = ThreadTime.Now() - before;
            if (_over)
            {
                return;
            }

            _report.Add(number, outcome, time);
            if ((outcome.Finding ?? (time > MaxTime ? $"took {time.TotalSeconds:F1} s" : null)) is { } finding)
            {
                Keep(mutant, finding);
            }
        }
    }

    /// <returns>False if one hangs.</returns>
    private bool Watch(FuzzWorker[] workers)
    {
        long line = Environment.TickCount64;
        while (!Array.TrueForAll(workers, worker => worker.Join(Step / workers.Length)))
        {
            if (Array.Find(workers, worker => worker.Hangs(MaxTime, workers.Length)) is { } hung)
            {
                _over = true;
                Keep(Target.Mutant(hung.Number), $"was still being read after {MaxTime.TotalSeconds:F0} s");
                return false;
            }

            if (Environment.TickCount64 - line > BetweenLines.TotalMilliseconds)
            {
                Log(_report.ToString());
                line = Environment.TickCount64;
            }
        }

        return true;
    }

    private void Keep(FuzzMutant mutant, string finding)
    {
        string where = string.Empty;
        if (Findings is not null)
        {
            string path = Path.Combine(Path.GetFullPath(Findings), $"mutant{mutant.Number}.bin");
            File.WriteAllBytes(path, mutant.Bytes);
            where = $"{Environment.NewLine}  {path}";
        }

        string sentence = $"mutant {mutant.Number} of {mutant.Of} {finding}{where}";
        _report.AddFinding(sentence);
        Log($"FINDING: {sentence}");
    }
}
