using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ResNet.TestSupport.Fuzzing;

/// <summary>Time that the calling thread has spent computing: on a busy machine the clock on the wall says little about a reader.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>Since the thread began; where the system does not tell it, the time of the clock on the wall.</summary>
    public static TimeSpan Now() => OperatingSystem.IsLinux() && ClockGetTime(ThreadClock, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
