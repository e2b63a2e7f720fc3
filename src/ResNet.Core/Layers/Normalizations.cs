using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Layers;

/// <summary>The batch normalisations that networks are made of.</summary>
internal static class Normalizations
{
    /// <summary>
    /// Scale 1, shift 0, in float32 on the CPU, whatever torch's defaults are in this process. TorchSharp applies a type that its constructor is given to the counter of
    /// batches too, which is int64 in PyTorch's files; a conversion leaves the counter alone.
    /// </summary>
    public static BatchNorm2d Of(long channels)
    {
        var layer = torch.nn.BatchNorm2d(channels, device: torch.CPU);
        return layer.weight!.dtype == torch.float32 ? layer : layer.to(torch.float32);
    }

    /// <summary>
    /// Normalises a feature map. In training mode one value a channel is refused, as PyTorch refuses it: it has no variance, and libtorch, which
    /// does not look, would write NaN into the running one for good.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="map">N×C×H×W.</param>
    /// <returns>N×C×H×W.</returns>
    /// <exception cref="InvalidOperationException">The layer is in training mode, and N·H·W is 1.</exception>
    public static Tensor Normalize(this BatchNorm2d layer, Tensor map)
    {
        if (layer.training && map.shape is [1, _, 1, 1])
        {
            throw new InvalidOperationException(
                $"Expected more than 1 value per channel when training, got input size [{string.Join(", ", map.shape)}]. "
                + "Give the network two images or more at once, or larger ones, or call eval().");
        }

        return layer.call(map);
    }

    /// <summary>Whether batch normalisation before the classifier would see one value a channel of these images.</summary>
    /// <param name="options">The network.</param>
    /// <param name="count">How many images go through it at once.</param>
    /// <param name="height">Their height in pixels.</param>
    /// <param name="width">Their width in pixels.</param>
    /// <returns>Whether the last feature map holds a single value, as that of one image of 32×32 does in an ImageNet network.</returns>
    public static bool SeesOneValue(ResNetOptions options, long count, long height, long width) =>
        count == 1 && options.LastMapSize((int)height) == 1 && options.LastMapSize((int)width) == 1;
}
