namespace ResNet.Training;

/// <summary>Parameters that are treated alike, and the stretches of memory where their values, gradients and momentum lie.</summary>
internal sealed record ParameterGroup(bool IsClassifier, bool Decays, Tensor Weights, Tensor Gradients, Tensor Velocity) : IDisposable
{
    public void Dispose()
    {
        Weights.Dispose();
        Gradients.Dispose();
        Velocity.Dispose();
    }
}
