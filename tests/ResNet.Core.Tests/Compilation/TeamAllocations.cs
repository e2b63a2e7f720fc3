using ResNet.Compilation;

namespace ResNet.Core.Tests.Compilation;

/// <summary>What a team's threads and the caller have allocated so far. What other threads of the process allocate meanwhile does not count.</summary>
internal sealed class TeamAllocations(ComputeTeam team) : TeamWork
{
    private long _total;
    private int _askedCount;

    public override int StepCount => 1;

    public override int ItemCount(int step) => team.ThreadCount;

    public long Total()
    {
        (_total, _askedCount) = (0, 0);
        team.Run(this);
        return _total + GC.GetAllocatedBytesForCurrentThread();
    }

    public override void Run(int step, int item, WorkerScratch scratch)
    {
        Interlocked.Add(ref _total, GC.GetAllocatedBytesForCurrentThread());

        // A thread that came back before the others have begun would take their items, too.
        Interlocked.Increment(ref _askedCount);
        while (Volatile.Read(ref _askedCount) < team.ThreadCount)
        {
            Thread.Yield();
        }
    }
}
