namespace ResNet.Weights;

/// <summary>Writes weights in the format that the extension of the file asks for.</summary>
internal static class WeightsOutput
{
    /// <exception cref="ArgumentException">There is no format of this extension.</exception>
    public static void EnsureWritable(string path)
    {
        if (!IsSafeTensors(path) && !IsPyTorch(path))
        {
            throw new ArgumentException(
                $"{path} has the extension '{Path.GetExtension(path)}'; weights are written as .safetensors, .pth or .pt. Change the name.", nameof(path));
        }
    }

    /// <summary>Writes a file whole or not at all; everything is checked before the first byte.</summary>
    public static void Write(
        string path,
        IEnumerable<TensorToWrite> tensors,
        IReadOnlyDictionary<string, string> metadata,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        EnsureWritable(path);
        if (IsPyTorch(path))
        {
            var plan = new PyTorchPlan(tensors, metadata);
            EnsureRoom(path, plan.ByteCount);
            AtomicFile.Write(path, stream => plan.WriteTo(stream, progress, cancellationToken));
        }
        else
        {
            var plan = new SafeTensorsPlan(tensors, metadata);
            EnsureRoom(path, plan.ByteCount);
            AtomicFile.Write(path, stream => plan.WriteTo(stream, progress, cancellationToken));
        }
    }

    /// <summary>Names that share one storage are written apart by some formats: a small file can become a huge one.</summary>
    public static void EnsureRoom(string path, long bytes)
    {
        if (DiskSpace.FreeAt(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } free && bytes > free)
        {
            throw new IOException($"{path} would take {bytes:N0} bytes, but its disk has only {free:N0} free. Free some, or write it elsewhere.");
        }
    }

    private static bool IsSafeTensors(string path) => HasExtension(path, ".safetensors");

    private static bool IsPyTorch(string path) => HasExtension(path, ".pth") || HasExtension(path, ".pt");

    private static bool HasExtension(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
