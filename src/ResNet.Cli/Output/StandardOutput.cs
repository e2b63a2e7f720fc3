using System.Runtime.InteropServices;

namespace ResNet.Cli;

/// <summary>Asks the system about stdout.</summary>
internal static partial class StandardOutput
{
    private const int Handle = 1;
    private const short Gone = 0x08 | 0x10;

    /// <summary>Whether stdout is a pipe that nobody reads any more, as after <c>| head -1</c>: .NET drops silently what is written there, and the work would go on for nobody.</summary>
    public static bool IsUnread()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var pipe = new PollRequest { Handle = Handle };
        return Poll(ref pipe, 1, 0) == 1 && (pipe.Found & Gone) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollRequest requests, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Handle;
        public short Wanted;
        public short Found;
    }
}
