using TorchSharp;

namespace ResNet.Compilation;

/// <summary>The pictures of a tensor, which stays its owner's.</summary>
/// <param name="pictures">N×C×H×W, of any type and on any device.</param>
internal sealed class TensorSamples(Tensor pictures) : PictureSamples
{
    /// <inheritdoc/>
    public override int Count => (int)pictures.shape[0];

    /// <inheritdoc/>
    public override long Size => pictures.numel() / pictures.shape[0];

    /// <inheritdoc/>
    public override Tensor Take(int first, int count)
    {
        using var scope = torch.NewDisposeScope();
        return pictures.narrow(0, first, count).to(torch.ScalarType.Float32, torch.CPU).contiguous().MoveToOuterDisposeScope();
    }
}
