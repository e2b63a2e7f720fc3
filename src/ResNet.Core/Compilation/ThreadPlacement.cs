using System.Numerics;
using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>
/// Keeps threads that compute together on processors of their own. Left to the scheduler, a thread that wakes is now and then put on the processor of another that it works
/// with while one stands idle, and stays there for milliseconds.
/// </summary>
internal static unsafe partial class ThreadPlacement
{
    /// <summary>Bits of a mask of 1024 processors, which is what the C library's own type holds.</summary>
    private const int Words = 16;

    private const int Bits = 64;

    /// <summary>
    /// Binds the calling thread to one processor, if the process has as many as there are threads; with more the scheduler has room, and knows better which are busy. Linux only;
    /// where it is refused, the thread stays free.
    /// </summary>
    /// <param name="member">Which of the threads it is, from 0.</param>
    /// <param name="threadCount">Threads that compute together.</param>
    /// <returns>Whether the thread is bound.</returns>
    public static bool Bind(int member, int threadCount)
    {
        ulong* allowed = stackalloc ulong[Words], own = stackalloc ulong[Words];
        new Span<ulong>(allowed, Words).Clear();
        new Span<ulong>(own, Words).Clear();
        if (!OperatingSystem.IsLinux() || Get(0, Words * sizeof(ulong), allowed) < 0 || ProcessorCount(allowed) != threadCount)
        {
            return false;
        }

        int seen = 0;
        for (int processor = 0; processor < Words * Bits; processor++)
        {
            ulong bit = allowed[processor / Bits] & (1UL << (processor % Bits));
            if (bit != 0 && seen++ == member)
            {
                own[processor / Bits] = bit;
            }
        }

        return Set(0, Words * sizeof(ulong), own) == 0;
    }

    private static int ProcessorCount(ulong* mask)
    {
        int count = 0;
        for (int i = 0; i < Words; i++)
        {
            count += BitOperations.PopCount(mask[i]);
        }

        return count;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int Get(int thread, nint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int Set(int thread, nint size, ulong* mask);
}
