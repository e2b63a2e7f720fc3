namespace ResNet.Weights;

/// <summary>
/// Writes the safetensors format, which Python's safetensors, and through it PyTorch, reads. The same tensors and metadata give the
/// same bytes: tensors are ordered by the size of their type, the largest first, then by name.
/// </summary>
public static class SafeTensorsWriter
{
    /// <summary>Writes a file whole or not at all; whatever stood at <paramref name="path"/> stays until the new content is on disk.</summary>
    /// <param name="path">The file to write. Its folder is created if it is missing.</param>
    /// <param name="tensors">Names and tensors; written from where they lie, copied first only if on another device or not contiguous.</param>
    /// <param name="metadata">Texts to carry along; "format" is always "pt". Default: none.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or the format has no name for a type.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var plan = new SafeTensorsPlan(tensors, metadata);
        AtomicFile.Write(path, stream => plan.WriteTo(stream));
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">Names and tensors; written from where they lie, copied first only if on another device or not contiguous.</param>
    /// <param name="metadata">Texts to carry along; "format" is always "pt". Default: none.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved, or the format has no name for a type.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new SafeTensorsPlan(tensors, metadata).WriteTo(stream);
    }
}
