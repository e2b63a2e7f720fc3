using TorchSharp;

namespace ResNet.Compilation;

/// <summary>Pictures that a self-check looks at, with the model's answers to them.</summary>
internal sealed class CheckedPictures : IDisposable
{
    private readonly Tensor _expected;

    /// <param name="name">Which ones, as a message says it; empty for those that are made up.</param>
    /// <param name="pictures">N×C×H×W; they are owned from now on.</param>
    /// <param name="reference">The model in evaluation mode.</param>
    public CheckedPictures(string name, Tensor pictures, Func<Tensor, Tensor> reference)
    {
        using var scope = torch.NewDisposeScope();
        Name = name;
        var expected = reference(pictures).to(torch.ScalarType.Float32, torch.CPU);
        HasAnswers = expected.isfinite().all().item<bool>();
        _expected = expected.DetachFromDisposeScope();
        Pictures = pictures.DetachFromDisposeScope();
    }

    /// <summary>Which ones they are, as a message says it.</summary>
    public string Name { get; }

    /// <summary>The pictures.</summary>
    public Tensor Pictures { get; }

    /// <summary>Whether the model's logits are finite; others cannot be compared with anything.</summary>
    public bool HasAnswers { get; }

    /// <summary>How far an engine's logits are off.</summary>
    public double ErrorOf(InferenceEngine engine)
    {
        using var scope = torch.NewDisposeScope();
        return SelfCheck.Difference(_expected, engine.Forward(Pictures).cpu());
    }

    public void Dispose()
    {
        Pictures.Dispose();
        _expected.Dispose();
    }
}
