using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Layers;

/// <summary>
/// While it lives, layers that this thread makes have room for their weights but no numbers in it: for networks whose weights come from a file. Drawing weights only
/// to overwrite them takes several times as long as reading them. Nothing is drawn from torch's generator, and memory is not touched.
/// </summary>
internal sealed class UndrawnLayers : IDisposable
{
    [ThreadStatic]
    private static bool _areWanted;

    public UndrawnLayers() => _areWanted = true;

    /// <summary>Where layers shall be made: on the device without memory, on which drawing does nothing; the CPU otherwise.</summary>
    public static Device Place => _areWanted ? torch.META : torch.CPU;

    /// <summary>Gives a layer that was made there room for its weights; leaves every other one as it is.</summary>
    /// <returns>The layer.</returns>
    public static T WithRoom<T>(T layer)
        where T : Convolution
    {
        if (IsNowhere(layer.weight!))
        {
            layer.weight = RoomFor(layer.weight!);
        }

        return layer;
    }

    /// <summary>The same for a classifier.</summary>
    public static Linear WithRoom(Linear layer)
    {
        if (IsNowhere(layer.weight!))
        {
            layer.weight = RoomFor(layer.weight!);
            layer.bias = RoomFor(layer.bias!);
        }

        return layer;
    }

    public void Dispose() => _areWanted = false;

    private static bool IsNowhere(Parameter parameter) => parameter.device_type == DeviceType.META;

    private static Parameter RoomFor(Parameter parameter) => Parameter(torch.empty(parameter.shape, dtype: parameter.dtype, device: torch.CPU));
}
