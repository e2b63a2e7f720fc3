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
}
