namespace ResNet.Weights;

/// <summary>
/// Writes <c>.pth</c> files as Python's <c>torch.save(model.state_dict(), …)</c> does since PyTorch 1.6, which
/// <c>torch.load</c> reads, with <c>weights_only=True</c> too. The same tensors and metadata give the same bytes.
/// </summary>
/// <remarks>
/// Tensors keep their order. Those that share their values (the same tensor under two names, or two that begin at the same address
/// with as many values) are written once and share them again when read.
/// </remarks>
public static class PyTorchWriter
{
    /// <summary>Writes a file whole or not at all; whatever stood at <paramref name="path"/> stays until the new content is on disk.</summary>
    /// <param name="path">The file to write. Its folder is created if it is missing.</param>
    /// <param name="tensors">Names and tensors; written from where they lie, copied first only if on another device or not contiguous.</param>
    /// <param name="metadata">Texts to carry along, which <see cref="StateDictFile.Metadata"/> shows and Python does not. Default: none.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is not valid Unicode, or the format has no name for a type.</exception>
    /// <exception cref="InvalidOperationException">Values changed while they were written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var plan = Plan(tensors, metadata);
        AtomicFile.Write(path, stream => plan.WriteTo(stream));
    }

    /// <summary>Writes to a stream, which stays open and need not seek.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">Names and tensors; written from where they lie, copied first only if on another device or not contiguous.</param>
    /// <param name="metadata">Texts to carry along, which <see cref="StateDictFile.Metadata"/> shows and Python does not. Default: none.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is not valid Unicode, or the format has no name for a type.</exception>
    /// <exception cref="InvalidOperationException">Values changed while they were written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Plan(tensors, metadata).WriteTo(stream);
    }

    private static PyTorchPlan Plan(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new PyTorchPlan(tensors.Select(pair => TensorToWrite.Of(pair.Key, pair.Value)), metadata);
    }
}
