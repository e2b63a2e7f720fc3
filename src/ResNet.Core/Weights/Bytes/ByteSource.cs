using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace ResNet.Weights;

/// <summary>The bytes of a file, mapped into memory and fetched by the system when touched, or of a stream, read into native memory.</summary>
internal sealed partial class ByteSource : IDisposable
{
    private readonly SafeBuffer _buffer;
    private readonly SafeFileHandle? _file;
    private readonly Lazy<Tensor?> _floats;

    private ByteSource(string name, SafeBuffer buffer, long length, SafeFileHandle? file = null)
    {
        Name = name;
        _buffer = buffer;
        _file = file;
        _floats = new Lazy<Tensor?>(MapFloats);
        Length = length;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Folder of the file; null of a stream, beside which nothing lies.</summary>
    public string? Folder { get; private init; }

    /// <summary>Where the file really is, links resolved; null of a stream.</summary>
    public string? FullPath => Folder is null ? null : ExistingFile.RealPath(Name);

    public long Length { get; }

    public static ByteSource OfFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ExistingFile.Ensure(path, "a file of weights");

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        long length = file.Length;
        if (length == 0)
        {
            throw new WeightsFormatException(path, "the file is empty; copy or download it again.", 0);
        }

        // The view keeps the mapping alive, and the mapping the file.
        using var mapping = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        return new ByteSource(path, view.SafeMemoryMappedViewHandle, length, Duplicate(file.SafeFileHandle)) { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) };
    }

    public static ByteSource OfStream(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = NativeBuffer.ReadToEnd(stream);
        if (buffer.Length == 0)
        {
            buffer.Dispose();
            throw new WeightsFormatException(name, "the stream is at its end; nothing was read from it.", 0);
        }

        return new ByteSource(name, buffer, buffer.Length);
    }

    /// <summary>Keeps the bytes in place until the view is disposed, even if the source is disposed meanwhile.</summary>
    public ByteView Acquire()
    {
        ObjectDisposedException.ThrowIf(_buffer.IsClosed, typeof(StateDictFile));
        return new ByteView(_buffer, Length);
    }

    /// <summary>
    /// All floats of the file, from its first byte on, as memory that shows what is in the file until somebody writes there. Views of it keep it in place after the source
    /// is disposed. Null of a stream, and where a file that is open has no name.
    /// </summary>
    public Tensor? Floats()
    {
        ObjectDisposedException.ThrowIf(_buffer.IsClosed, typeof(StateDictFile));
        return _floats.Value;
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _file?.Dispose();
        if (_floats.IsValueCreated)
        {
            _floats.Value?.Dispose();
        }
    }

    /// <summary>Another file may have taken the name meanwhile, so torch opens the one that is open.</summary>
    private Tensor? MapFloats()
    {
        string path = $"/proc/self/fd/{_file?.DangerousGetHandle()}";
        return _file is { IsInvalid: false } && File.Exists(path)
            ? torch.from_file(path, shared: false, Length / sizeof(float), dtype: torch.float32, device: torch.CPU).DetachFromDisposeScope()
            : null;
    }

    /// <summary>The same open file without .NET's lock, which would keep others from writing it while this one is only read.</summary>
    private static SafeFileHandle? Duplicate(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? new SafeFileHandle(Duplicate((int)file.DangerousGetHandle()), ownsHandle: true) : null;

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int file);
}
