using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>
/// Cleared memory outside the garbage collector's, in pages of 2 MiB where Linux grants them: reading weights of many megabytes once a pass, the processor
/// would otherwise look up thousands of small pages, and prefetching ends at the edge of each. What is never touched takes no memory there.
/// </summary>
internal sealed unsafe partial class LargeMemory : SafeHandle
{
    private const nuint HugePage = 2 << 20;
    private const int ReadAndWrite = 1 | 2;
    private const int PrivateAndAnonymous = 0x02 | 0x20;
    private const int AdviseHugePages = 14;
    private const nint NotMapped = -1;

    private readonly nuint _mapped;

    /// <param name="size">Bytes.</param>
    public LargeMemory(long size)
        : base(0, ownsHandle: true)
    {
        Size = size;
        nuint bytes = (nuint)size + Tiles.Alignment;
        nint start = bytes >= HugePage && OperatingSystem.IsLinux() ? Map(0, bytes + HugePage, ReadAndWrite, PrivateAndAnonymous, file: -1, offset: 0) : NotMapped;
        if (start == NotMapped)
        {
            SetHandle((nint)NativeMemory.AlignedAlloc(bytes, Tiles.Alignment));
            Address = (byte*)handle;
            NativeMemory.Clear(Address, bytes);
            return;
        }

        // Fresh from the system it is clear already, and clearing would touch all of it.
        SetHandle(start);
        _mapped = bytes + HugePage;
        Address = (byte*)(((nuint)start + HugePage - 1) / HugePage * HugePage);

        // A kernel that declines costs speed only.
        _ = Advise((nint)Address, bytes, AdviseHugePages);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Bytes that may be used; a vector more may be read or overwritten.</summary>
    public long Size { get; }

    public byte* Address { get; }

    protected override bool ReleaseHandle()
    {
        if (_mapped > 0)
        {
            return Unmap(handle, _mapped) == 0;
        }

        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
