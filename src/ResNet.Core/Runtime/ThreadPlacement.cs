using System.Numerics;
using System.Runtime.InteropServices;

namespace ResNet.Runtime;

/// <summary>
/// Keeps threads that compute together on processors of their own. Left to the scheduler, a thread that wakes is now and then put on the processor of another that it works
/// with while one stands idle, and stays there for milliseconds. On Linux only; where it is refused, threads stay free.
/// </summary>
internal static unsafe partial class ThreadPlacement
{
    /// <summary>Bits of a mask of 1024 processors, which is what the C library's own type holds.</summary>
    private const int Words = 16;

    private const int Bits = 64;

    /// <summary>The environment variable that turns it off for the whole process.</summary>
    public const string Variable = "RESNET_PIN_THREADS";

    private static readonly ulong[] Processors = new ulong[Words];

    /// <summary>Whether the user lets threads be bound.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable(Variable)?.Trim().ToUpperInvariant() is not ("0" or "NO" or "FALSE" or "OFF");

    /// <summary>
    /// Notes which processors the process may use, at the first call. It comes before torch is loaded: with <c>OMP_PROC_BIND</c>, OpenMP binds the thread that first asks it for others
    /// to one processor, and the threads that are started afterwards with it.
    /// </summary>
    public static void NoteProcessors()
    {
        if (OperatingSystem.IsLinux() && Count(Processors) == 0)
        {
            Own(Processors);
        }
    }

    /// <summary>
    /// Binds the calling thread to one processor, if the process has as many as there are threads; with more the scheduler has room, and knows better which are busy.
    /// </summary>
    /// <param name="member">Which of the threads it is, from 0.</param>
    /// <param name="threadCount">Threads that compute together.</param>
    /// <returns>Whether the thread is bound.</returns>
    public static bool Bind(int member, int threadCount)
    {
        NoteProcessors();
        int count = Count(Processors);
        if (count != threadCount)
        {
            Widen(count);
            return false;
        }

        ulong[] own = new ulong[Words];
        int seen = 0;
        for (int processor = 0; processor < Words * Bits; processor++)
        {
            ulong bit = Processors[processor / Bits] & (1UL << (processor % Bits));
            if (bit != 0 && seen++ == member)
            {
                own[processor / Bits] = bit;
            }
        }

        return Set(own);
    }

    /// <summary>Frees the thread where it was started by one that OpenMP has bound.</summary>
    private static void Widen(int count)
    {
        ulong[] own = new ulong[Words];
        Own(own);
        if (Count(own) < count)
        {
            _ = Set(Processors);
        }
    }

    private static void Own(ulong[] mask)
    {
        fixed (ulong* first = mask)
        {
            if (OperatingSystem.IsLinux() && GetAffinity(0, Words * sizeof(ulong), first) < 0)
            {
                Array.Clear(mask);
            }
        }
    }

    private static bool Set(ulong[] mask)
    {
        fixed (ulong* first = mask)
        {
            return SetAffinity(0, Words * sizeof(ulong), first) == 0;
        }
    }

    private static int Count(ulong[] mask) => mask.Sum(BitOperations.PopCount);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nint size, ulong* mask);
}
