using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>An engine whose kernels are wrong, or missing, for one shape of images.</summary>
internal sealed class WrongAtOneSize(InferenceEngine engine, long[] shape, bool throws = false) : InferenceEngine
{
    public override Tensor Forward(Tensor images)
    {
        if (!images.shape.SequenceEqual(shape))
        {
            return engine.Forward(images);
        }

        using var scope = torch.NewDisposeScope();
        if (throws)
        {
            // An error of libtorch's own, as that of a device without such kernels would be.
            images = images.view(7);
        }

        var logits = engine.Forward(images).clone();
        logits[0, 0] += 0.1 * logits.square().mean().sqrt();
        return logits.MoveToOuterDisposeScope();
    }

    public override void Forward(ReadOnlySpan<float> images, int count, int height, int width, Span<float> logits) => engine.Forward(images, count, height, width, logits);

    public override void Dispose() => engine.Dispose();
}
