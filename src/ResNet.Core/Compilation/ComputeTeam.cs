using System.Diagnostics;
using ResNet.Runtime;

namespace ResNet.Compilation;

/// <summary>
/// Threads that work on one forward pass together, kept for the life of the process: kernels are compiled for each thread, so strangers' threads
/// would compile them again and again. Passes run one after another, each on all threads.
/// </summary>
internal sealed class ComputeTeam
{
    private static readonly Dictionary<(int ThreadCount, bool Pins), ComputeTeam> Teams = [];

    /// <summary>Longer than a piece takes, so that nobody sleeps on a quiet machine.</summary>
    private static readonly TimeSpan SpinTime = TimeSpan.FromMilliseconds(1);

    private const int SpinsBetweenLooks = 4;

    private readonly bool _pins;
    private readonly FairTurn _turn = new();
    private readonly object _sleep = new();
    private readonly WorkerScratch[] _scratch;
    private readonly SemaphoreSlim[] _begin;
    private readonly ManualResetEventSlim _done = new(initialState: false, spinCount: 200);
    private TeamWork? _work;
    private int[] _next = [];
    private int _arrived;
    private int _sleeperCount;
    private Exception? _fault;
    private bool _isGivenUp;

    private ComputeTeam(int threadCount, bool pins)
    {
        _pins = pins;
        _scratch = [.. Enumerable.Range(0, threadCount).Select(_ => new WorkerScratch())];
        _begin = [.. Enumerable.Range(0, threadCount).Select(_ => new SemaphoreSlim(0))];
        for (int i = 0; i < threadCount; i++)
        {
            int member = i;
            try
            {
                new Thread(() => Work(member)) { IsBackground = true, Name = $"ResNet compute {member}" }.Start();
            }
            catch (Exception fault) when (fault is OutOfMemoryException or ThreadStartException)
            {
                GiveUp();
                throw new NotSupportedException($"only {i} of {threadCount} threads could be started here ({fault.Message})", fault);
            }
        }
    }

    /// <summary>Threads of the team.</summary>
    public int ThreadCount => _scratch.Length;

    /// <summary>The team of so many threads; all compiled networks that ask for as many share it.</summary>
    /// <param name="threadCount">How many, at least 1.</param>
    /// <param name="pins">Whether they may be bound to processors.</param>
    /// <exception cref="NotSupportedException">The system does not grant so many threads.</exception>
    public static ComputeTeam Of(int threadCount, bool pins = true)
    {
        lock (Teams)
        {
            if (!Teams.TryGetValue((threadCount, pins), out var team))
            {
                Teams.Add((threadCount, pins), team = new ComputeTeam(threadCount, pins));
            }

            return team;
        }
    }

    /// <summary>Does some work and returns when it is done.</summary>
    public void Run(TeamWork work)
    {
        using (_turn.Take())
        {
            int counters = work.StepCount * ThreadCount * CounterStride;
            if (_next.Length < counters)
            {
                _next = new int[counters];
            }

            Array.Clear(_next);
            (_work, _arrived, _fault) = (work, 0, null);
            _done.Reset();
            var interruptions = new Interruptions();
            foreach (var begin in _begin)
            {
                interruptions.Insist(begin, static begin => begin.Release());
            }

            interruptions.Insist(_done, static done => done.Wait());
            interruptions.PassOn();
            _work = null;
            if (_fault is { } fault)
            {
                throw new InvalidOperationException("A step of the compiled network failed.", fault);
            }
        }
    }

    /// <summary>Lets the threads end that wait for work.</summary>
    private void GiveUp()
    {
        _isGivenUp = true;
        foreach (var begin in _begin)
        {
            begin.Release();
        }
    }

    /// <summary>Counters of different steps share no cache line.</summary>
    private const int CounterStride = 16;

    private void Work(int member)
    {
        if (_pins)
        {
            _ = ThreadPlacement.Bind(member, ThreadCount);
        }

        while (true)
        {
            _begin[member].Wait();
            if (_isGivenUp)
            {
                return;
            }

            var work = _work!;
            int steps = work.StepCount;
            for (int step = 0; step < steps; step++)
            {
                RunStep(work, step, member);
                int arrived = Interlocked.Increment(ref _arrived);
                if (arrived % ThreadCount == 0)
                {
                    WakeSleepers();
                }

                if (arrived == steps * ThreadCount)
                {
                    _done.Set();
                }
                else if (step + 1 < steps)
                {
                    AwaitOthers((step + 1) * ThreadCount);
                }
            }
        }
    }

    private void RunStep(TeamWork work, int step, int member)
    {
        try
        {
            int items = work.ItemCount(step);
            for (int offset = 0; offset < ThreadCount; offset++)
            {
                // First its own share, the same part of the map in every step: it lies in this processor's cache. Then what others have left.
                int owner = (member + offset) % ThreadCount;
                int first = (int)((long)items * owner / ThreadCount), end = (int)((long)items * (owner + 1) / ThreadCount);
                ref int taken = ref _next[((step * ThreadCount) + owner) * CounterStride];
                while (_fault is null)
                {
                    int item = first + Interlocked.Increment(ref taken) - 1;
                    if (item >= end)
                    {
                        break;
                    }

                    work.Run(step, item, _scratch[member]);
                }
            }
        }
        catch (Exception fault)
        {
            _fault = fault;
        }
    }

    /// <summary>
    /// Steps take fractions of a millisecond, so the wait begins with a short spin. It ends in sleep: where other programs keep the processors busy, the one that is waited
    /// for may need this one to run on.
    /// </summary>
    private void AwaitOthers(int count)
    {
        for (long start = Stopwatch.GetTimestamp(); Volatile.Read(ref _arrived) < count && Stopwatch.GetElapsedTime(start) < SpinTime;)
        {
            Thread.SpinWait(SpinsBetweenLooks);
        }

        if (Volatile.Read(ref _arrived) >= count)
        {
            return;
        }

        lock (_sleep)
        {
            _ = Interlocked.Increment(ref _sleeperCount);
            while (Volatile.Read(ref _arrived) < count)
            {
                Monitor.Wait(_sleep);
            }

            _sleeperCount--;
        }
    }

    /// <summary>Who sleeps has counted itself before its last look at the arrivals, and arriving is counted before this look: one of the two sees the other.</summary>
    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleeperCount) > 0)
        {
            lock (_sleep)
            {
                Monitor.PulseAll(_sleep);
            }
        }
    }
}
