using TorchSharp;

namespace ResNet.Runtime;

/// <summary>
/// Mixed precision on this thread: until it is disposed, convolutions and matrix products compute in the lower precision, the rest
/// as before. Weights and their gradients stay float32. Wrap the forward pass; the backward pass follows by itself.
/// </summary>
/// <remarks>The setting belongs to the thread. Dispose it on the thread that began it, and never await in between.</remarks>
public sealed class Autocast : IDisposable
{
    private readonly DeviceType _device;
    private readonly bool _wasEnabled;
    private readonly torch.ScalarType _previous;
    private bool _ended;

    private Autocast(DeviceType device, bool wasEnabled, torch.ScalarType previous)
    {
        _device = device;
        _wasEnabled = wasEnabled;
        _previous = previous;
    }

    /// <summary>Whether the libtorch that is loaded has autocast. Whether it is fast or right on this machine is another question.</summary>
    public static bool IsAvailable => LibTorchExports.HasAutocast;

    /// <summary>Switches autocast on for this thread.</summary>
    /// <param name="device">The kind of device whose operations shall change: the CPU or CUDA.</param>
    /// <param name="type">The lower precision: bfloat16, or float16 on CUDA.</param>
    /// <returns>Restores what was before when it is disposed.</returns>
    /// <exception cref="AutocastUnavailableException">This libtorch has other names for it than the release that this library was made for.</exception>
    public static Autocast Begin(DeviceType device, torch.ScalarType type)
    {
        TorchRuntime.EnsureLoaded();
        if (!IsAvailable)
        {
            throw new AutocastUnavailableException(
                $"Autocast needs functions that this libtorch ({torch.__version__}) does not export. Train in float32, or use the libtorch that this library was made for.");
        }

        var before = new Autocast(device, LibTorchExports.IsAutocastEnabled(device), LibTorchExports.AutocastType(device));
        LibTorchExports.SetAutocast(device, enabled: true, type);
        return before;
    }

    /// <summary>Restores what was before. Weights that were cast for the forward pass are forgotten.</summary>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            LibTorchExports.SetAutocast(_device, _wasEnabled, _previous);
            if (!_wasEnabled)
            {
                LibTorchExports.ClearAutocastCache();
            }
        }
    }
}
