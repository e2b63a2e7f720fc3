using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>
/// Cleared memory outside the garbage collector's, in pages of 2 MiB where Linux grants them: reading weights of many megabytes once a pass, the processor
/// would otherwise look up thousands of small pages, and prefetching ends at the edge of each.
/// </summary>
internal sealed unsafe partial class LargeMemory : SafeHandle
{
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    /// <param name="size">Bytes.</param>
    public LargeMemory(long size)
        : base(0, ownsHandle: true)
    {
        Size = size;
        nuint bytes = (nuint)size + Tiles.Alignment;
        bool large = bytes >= HugePage && OperatingSystem.IsLinux();
        if (large)
        {
            bytes = (bytes + HugePage - 1) / HugePage * HugePage;
        }

        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, large ? HugePage : Tiles.Alignment));
        if (large)
        {
            // A kernel that declines costs speed only.
            _ = Advise(handle, bytes, AdviseHugePages);
        }

        NativeMemory.Clear((void*)handle, bytes);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Bytes that may be used; a vector more may be read or overwritten.</summary>
    public long Size { get; }

    public byte* Address => (byte*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
