using TorchSharp;

namespace ResNet.Compilation;

/// <summary>Images that a self-check looks at, with the right logits for them.</summary>
internal sealed class CheckedImages : IDisposable
{
    private readonly Tensor _expected;

    /// <param name="name">Which ones, as a message says it; empty for the usual ones.</param>
    /// <param name="images">N×C×H×W; they are owned from now on.</param>
    /// <param name="reference">What is right.</param>
    public CheckedImages(string name, Tensor images, Func<Tensor, Tensor> reference)
    {
        using var scope = torch.NewDisposeScope();
        Name = name;
        var expected = reference(images).to(torch.ScalarType.Float32, torch.CPU);
        HasAnswers = expected.isfinite().all().item<bool>();
        _expected = expected.DetachFromDisposeScope();
        Images = images.DetachFromDisposeScope();
    }

    /// <summary>Which ones they are, as a message says it.</summary>
    public string Name { get; }

    /// <summary>The images.</summary>
    public Tensor Images { get; }

    /// <summary>Whether the right logits are finite; others cannot be compared with anything.</summary>
    public bool HasAnswers { get; }

    /// <summary>How far an engine's logits are off, of all images together and, where there are several, of the first one alone: kernels differ by the size of a batch.</summary>
    public double ErrorOf(InferenceEngine engine)
    {
        using var scope = torch.NewDisposeScope();
        double together = SelfCheck.Difference(_expected, engine.Forward(Images).cpu());
        return Images.shape[0] == 1
            ? together : Math.Max(together, SelfCheck.Difference(_expected.narrow(0, 0, 1), engine.Forward(Images.narrow(0, 0, 1)).cpu()));
    }

    public void Dispose()
    {
        Images.Dispose();
        _expected.Dispose();
    }
}
