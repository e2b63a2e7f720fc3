using System.Diagnostics;
using ResNet.TestSupport.Checkpoints;
using ResNet.TestSupport.Mutants;

namespace ResNet.Weights.Fuzz;

/// <summary>Reads mutants on several threads, watches over them, and keeps what shows a fault.</summary>
internal sealed class FuzzRun
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private readonly Lock _console = new();
    private long _next;
    private long _read;
    private long _refused;
    private long _found;
    private long _largest;

    public required long First { get; init; }

    public required long Count { get; init; }

    public required int Seed { get; init; }

    public required string? Files { get; init; }

    public required string Findings { get; init; }

    public required int WorkerCount { get; init; }

    /// <summary>Runs to the end, or until it is stopped, or until a mutant hangs.</summary>
    /// <returns>0 if nothing was found, 1 otherwise.</returns>
    public int Run(CancellationToken cancellation)
    {
        var seeds = Files is null ? Seeds.Own : Seeds.WithFolder(Files);
        var mutator = new Mutator(seeds, Seed);
        Directory.CreateDirectory(Findings);
        Console.WriteLine($"Seed {Seed}, mutants {First} to {First + Count - 1} of {string.Join(", ", seeds.Select(file => file.Name))}; {WorkerCount} threads.");
        var clock = Stopwatch.StartNew();
        _next = First;
        var workers = Enumerable.Range(0, WorkerCount).Select(i => new Worker(Path.Combine(Findings, $"worker-{i}.last"))).ToArray();
        foreach (var worker in workers)
        {
            worker.Start(() => Work(worker, mutator, cancellation));
        }

        bool hung = Watch(workers, mutator, clock);
        Console.WriteLine(Summary(clock));
        if (!hung)
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        return _found > 0 ? 1 : 0;
    }

    private void Work(Worker worker, Mutator mutator, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Interlocked.Increment(ref _next) - 1 is var number && number < First + Count)
        {
            worker.Begin(number);
            (byte[] bytes, string of) = mutator.Mutant(number);
            var probe = Probe.Of(bytes, of, Mutator.OptionsOf(number));
            Interlocked.Increment(ref probe.Refusal is null ? ref _read : ref _refused);
            InterlockedMax(ref _largest, probe.Allocated);
            if (probe.Finding() is { } finding)
            {
                Keep(number, bytes, of, finding + Environment.NewLine + probe.Fault?.StackTrace);
            }
        }
    }

    /// <summary>A thread cannot be ended from outside; the first that hangs ends the run.</summary>
    private bool Watch(Worker[] workers, Mutator mutator, Stopwatch clock)
    {
        var line = Stopwatch.StartNew();
        while (!Array.TrueForAll(workers, worker => worker.Join(Step / workers.Length)))
        {
            foreach (var worker in workers.Where(worker => worker.Busy > Probe.MostTime))
            {
                (byte[] bytes, string of) = mutator.Mutant(worker.Number);
                Keep(worker.Number, bytes, of, $"was still being read after {worker.Busy.TotalSeconds:F0} s");
                return true;
            }

            if (line.Elapsed > BetweenLines)
            {
                Console.WriteLine(Summary(clock));
                line.Restart();
            }
        }

        return false;
    }

    private void Keep(long number, byte[] bytes, string of, string finding)
    {
        Interlocked.Increment(ref _found);
        string path = Path.Combine(Path.GetFullPath(Findings), $"seed{Seed}-mutant{number}.bin");
        File.WriteAllBytes(path, bytes);
        lock (_console)
        {
            Console.WriteLine($"FINDING: seed {Seed}, mutant {number} of {of} {finding}{Environment.NewLine}  {path}");
        }
    }

    private string Summary(Stopwatch clock)
    {
        long done = _read + _refused;
        return $"{done} mutants in {clock.Elapsed.TotalSeconds:F0} s ({done / clock.Elapsed.TotalSeconds:F0}/s): {_read} read, {_refused} refused, "
            + $"{_found} findings; at most {_largest >> 10} KiB allocated.";
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var now && now != seen)
        {
            seen = now;
        }
    }
}
