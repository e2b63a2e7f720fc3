namespace ResNet.Compilation;

/// <summary>A way to run a compiled network. It may be used by many threads at once; whoever disposes it waits until they are done.</summary>
internal abstract class InferenceEngine : IDisposable
{
    /// <param name="images">N×C×H×W of any type, on any device.</param>
    /// <returns>N×classes logits, float32, on the engine's device; the caller disposes them.</returns>
    public abstract Tensor Forward(Tensor images);

    /// <param name="images">N×C×H×W, one after the other.</param>
    /// <param name="count">N, at least 1.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="logits">Receives N×classes.</param>
    public abstract void Forward(ReadOnlySpan<float> images, int count, int height, int width, Span<float> logits);

    public abstract void Dispose();
}
