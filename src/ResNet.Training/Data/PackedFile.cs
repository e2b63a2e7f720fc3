using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace ResNet.Training;

/// <summary>A packed cache on disk, mapped into memory; several processes share its pages.</summary>
internal sealed unsafe class PackedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeHandle _handle;
    private readonly byte* _start;

    private PackedFile(FileStream stream, PackedHeader header)
    {
        _file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _handle = _view.SafeMemoryMappedViewHandle;
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;

        // Each reading holds the handle itself; the address stays the same as long as one does.
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        ByteCount = header.FileLength;
        Entries = new PackedEntry[header.Count];
    }

    public long ByteCount { get; }

    public PackedEntry[] Entries { get; }

    /// <summary>Opens a file that is whole, and of these pictures.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must be made of.</param>
    /// <param name="reason">Why it cannot be used, where it cannot.</param>
    /// <returns>The file; null where it must be made anew.</returns>
    /// <exception cref="DatasetException">It is a file of another kind.</exception>
    public static PackedFile? TryOpen(string path, UInt128 key, out string reason)
    {
        reason = "there was none";
        if (!File.Exists(path))
        {
            return null;
        }

        ExistingFile.Ensure(path, "a file of packed images");

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        PackedFile? file = null;
        bool isRight = false;
        try
        {
            PackedHeader? header = ReadHeader(stream, path);
            reason = Reason(header, stream.Length, key);
            if (reason.Length > 0)
            {
                return null;
            }

            file = new PackedFile(stream, header!);
            isRight = file.ReadIndex(header!);
            reason = isRight ? string.Empty : "its index was damaged";
            return isRight ? file : null;
        }
        finally
        {
            if (!isRight)
            {
                file?.Dispose();
                stream.Dispose();
            }
        }
    }

    /// <summary>Copies a picture's bytes and checks them.</summary>
    /// <returns>Whether they are what was written.</returns>
    public bool Copy(int index, Span<byte> destination)
    {
        ref readonly PackedEntry entry = ref Entries[index];
        bool held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            new ReadOnlySpan<byte>(_start + entry.Offset, destination.Length).CopyTo(destination);
        }
        finally
        {
            if (held)
            {
                _handle.DangerousRelease();
            }
        }

        return XxHash3.HashToUInt64(destination) == entry.Hash;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static PackedHeader? ReadHeader(FileStream stream, string path)
    {
        byte[] bytes = new byte[PackedHeader.Size];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length < PackedHeader.Magic.Length || !bytes.AsSpan().StartsWith(PackedHeader.Magic))
        {
            throw new DatasetException($"{path} is there already and is no packed cache; it is not overwritten. Name another file, or remove it.");
        }

        return length == bytes.Length ? PackedHeader.Read(bytes) : null;
    }

    private static string Reason(PackedHeader? header, long length, UInt128 key)
    {
        if (header is null)
        {
            return "its header was damaged or of another version";
        }

        if (header.FileLength != length)
        {
            return Invariant($"it had {length} bytes instead of {header.FileLength}");
        }

        return header.Key == key ? string.Empty : "the pictures or the settings were others";
    }

    private bool ReadIndex(PackedHeader header)
    {
        var index = new ReadOnlySpan<byte>(_start + header.IndexOffset, header.Count * PackedEntry.Size);
        if (XxHash3.HashToUInt64(index) != header.IndexHash)
        {
            return false;
        }

        index.CopyTo(MemoryMarshal.AsBytes(Entries.AsSpan()));
        return !Array.Exists(
            Entries, entry => entry.Length < 0 || entry.Offset < PackedHeader.Size || entry.Offset > header.IndexOffset - entry.Length);
    }
}
