using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResNet;

/// <summary>Reads what comes through a pipe into memory: up to a bound, and so that waiting for it can be ended.</summary>
internal static unsafe partial class PipeReader
{
    private const int ReadOnlyNonBlockingCloseOnExec = 0x80800;
    private const short Readable = 1;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int PauseMilliseconds = 100;
    private const int ChunkLength = 1 << 16;
    private static readonly string[] DescriptorFolders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Whether a path leads to a pipe: <c>/dev/stdin</c>, what a shell makes of <c>&lt;(…)</c>, or a named one. Some programs give others a socket for stdin.</summary>
    public static bool CanRead(string path) => FileNode.KindOf(path) switch
    {
        FileKind.Pipe => true,
        FileKind.Socket => OwnDescriptor(path) is not null,
        _ => false,
    };

    /// <summary>Reads a pipe to its end.</summary>
    /// <param name="path">A path that <see cref="CanRead"/>.</param>
    /// <param name="maxBytes">The most that is taken.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What came; the caller disposes it.</returns>
    /// <exception cref="IOException">Nobody writes into the pipe, more came than allowed, or it cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static MemoryStream ReadToEnd(string path, long maxBytes, CancellationToken cancellationToken)
    {
        int? own = OwnDescriptor(path);
        using var opened = own is null ? new SafeFileHandle(Open(path, ReadOnlyNonBlockingCloseOnExec), ownsHandle: true) : null;
        if (opened is { IsInvalid: true })
        {
            throw Failed(path, "cannot be opened");
        }

        int descriptor = own ?? (int)opened!.DangerousGetHandle();
        var content = new MemoryStream();
        byte[] buffer = new byte[ChunkLength];

        // Nothing is waited for before the first read of a named pipe: where nobody writes, it is at its end.
        bool isReady = own is null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = isReady || Wait(descriptor) ? Read(descriptor, buffer) : -TryAgain;
            isReady = false;
            if (count == 0)
            {
                return content.Length > 0 || own is not null ? content : throw new IOException(
                    $"{path} is a pipe that nothing was written into; start the program that writes first, or name a file.");
            }

            if (count < 0 && count is not (-TryAgain or -Interrupted))
            {
                throw Failed(path, "cannot be read");
            }

            if (count > 0 && content.Length + count > maxBytes)
            {
                throw new IOException(FormattableString.Invariant($"{path} is a pipe that more than {maxBytes:N0} bytes came through; write its content to a file, and name that."));
            }

            content.Write(buffer, 0, Math.Max(0, count));
        }
    }

    /// <summary>An open file of this process is read as it is: it cannot always be opened once more under another user.</summary>
    private static int? OwnDescriptor(string path) => path == "/dev/stdin" ? 0
        : DescriptorFolders.FirstOrDefault(folder => path.StartsWith(folder, StringComparison.Ordinal)) is { } folder
            && int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) ? descriptor : null;

    private static bool Wait(int descriptor)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = Readable };
        return Poll(&request, 1, PauseMilliseconds) > 0;
    }

    /// <returns>How many bytes came, 0 at the end; below 0, the error.</returns>
    private static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* address = buffer)
        {
            nint count = Read(descriptor, address, buffer.Length);
            return count >= 0 ? (int)count : -Marshal.GetLastPInvokeError();
        }
    }

    private static IOException Failed(string path, string what) =>
        new($"{path} is a pipe that {what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}. Write its content to a file, and name that.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
