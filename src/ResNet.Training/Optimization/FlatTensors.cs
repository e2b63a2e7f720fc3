using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Moves tensors into one long one. Each stays the object that it was, with its values, its name in the model and its shape; only its memory is a
/// stretch of <see cref="Whole"/> from then on.
/// </summary>
internal sealed class FlatTensors : IDisposable
{
    public FlatTensors(IReadOnlyList<Tensor> tensors)
    {
        Layout = new FlatLayout(tensors);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Whole = torch.zeros(Layout.Length, dtype: tensors[0].dtype, device: tensors[0].device).DetachFromDisposeScope();
        for (int i = 0; i < tensors.Count; i++)
        {
            var view = Layout.View(Whole, i);
            view.copy_(tensors[i]);
            tensors[i].set_(view);
        }
    }

    public FlatLayout Layout { get; }

    public Tensor Whole { get; }

    public void Dispose() => Whole.Dispose();
}
