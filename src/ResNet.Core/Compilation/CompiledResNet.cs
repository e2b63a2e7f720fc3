namespace ResNet.Compilation;

/// <summary>
/// A network made for inference only: normalisations folded into the convolutions, what follows a convolution done with it, memory planned once. Made by
/// <see cref="ResNetModel.Compile"/>; it keeps its own copy of the weights and does not follow later changes of the model. It may be used by many threads at once:
/// forward passes of the fused engine run one after another, each on all its threads.
/// </summary>
public sealed class CompiledResNet : IDisposable
{
    private readonly InferenceEngine _engine;

    internal CompiledResNet(ResNetOptions options, InferenceEngine engine, CompileReport report)
    {
        Options = options;
        Report = report;
        _engine = engine;
    }

    /// <summary>The shape of the network.</summary>
    public ResNetOptions Options { get; }

    /// <summary>What it runs on, and why.</summary>
    public CompileReport Report { get; }

    /// <summary>Bytes of packed weights and of the maps of all sizes seen so far; 0 where torch's own operations run.</summary>
    public long MemorySize => (_engine as FusedEngine)?.MemorySize ?? 0;

    /// <summary>Computes the class scores before softmax.</summary>
    /// <param name="images">N×C×H×W, normalised as the weights expect; any H and W, any type and device.</param>
    /// <returns>N×classes logits, float32; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The tensor is not N×C×H×W with the network's C, or empty.</exception>
    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    public Tensor Forward(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape[1] != Options.InputChannels || images.numel() == 0)
        {
            throw new ArgumentException(
                $"Pictures are N×{Options.InputChannels}×H×W, each at least 1, but the tensor is {string.Join('×', images.shape)}.", nameof(images));
        }

        return _engine.Forward(images);
    }

    /// <summary>The same without tensors. On the fused engine a pass over pictures of a size seen before, and not more of them, allocates nothing.</summary>
    /// <param name="images">N×C×H×W, one after the other, normalised as the weights expect.</param>
    /// <param name="height">H, at least 1.</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="logits">Receives N×classes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    public void Forward(ReadOnlySpan<float> images, int height, int width, Span<float> logits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long size = (long)Options.InputChannels * height * width;
        long count = images.Length / size;
        if (count == 0 || count * size != images.Length || logits.Length != count * Options.ClassCount)
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} has {size} numbers, and gives {Options.ClassCount} logits; got {images.Length} numbers and room for {logits.Length} logits.",
                nameof(images));
        }

        _engine.Forward(images, (int)count, height, width, logits);
    }

    /// <summary>Frees weights and maps, once the passes that are running are done.</summary>
    public void Dispose() => _engine.Dispose();
}
