using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Analysis;

/// <summary>The kernels of a network's first convolution: the only ones that work on colours, and so can be looked at as pictures.</summary>
/// <param name="Count">How many there are: 64 of an ImageNet network, 16 of a CIFAR network.</param>
/// <param name="Channels">Channels of the pictures.</param>
/// <param name="Size">Height and width of a kernel: 7, or 3 of a CIFAR network.</param>
/// <param name="Weights">Filter by filter, channel by channel, row by row.</param>
public sealed record FirstLayerFilters(int Count, int Channels, int Size, IReadOnlyList<float> Weights)
{
    /// <summary>Copies the kernels of a network.</summary>
    /// <param name="model">The network.</param>
    /// <returns>Its kernels, as they are now.</returns>
    public static FirstLayerFilters Of(ResNetModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weight = ((Convolution)model.named_children().First(child => child.name == "conv1").module).weight!;
        var values = weight.detach().cpu().to(torch.float32).contiguous();
        return new FirstLayerFilters(
            (int)weight.shape[0], (int)weight.shape[1], (int)weight.shape[2], MemoryMarshal.Cast<byte, float>(values.bytes).ToArray());
    }
}
