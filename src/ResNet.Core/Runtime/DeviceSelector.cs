using System.Globalization;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>Turns what a user asks for into a device that is there.</summary>
public static class DeviceSelector
{
    /// <summary>Selects a device.</summary>
    /// <param name="text"><c>auto</c> (the first CUDA device where there is one, else the CPU), <c>cpu</c>, <c>cuda</c>
    /// (the first) or <c>cuda:N</c> (N from 0); upper or lower case.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is none of these.</exception>
    /// <exception cref="CudaUnavailableException">CUDA, or the CUDA device of that number, is not there.</exception>
    /// <exception cref="TorchRuntimeException">Torch cannot be loaded at all.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int? wanted = WantedCudaIndex(text);
        TorchRuntime.EnsureLoaded();
        if (wanted is null && !IsAuto(text))
        {
            return torch.CPU;
        }

        int deviceCount = TorchRuntime.CudaDeviceCount;
        return Choose(text, wanted, deviceCount, TorchRuntime.HasCuda) is { } index ? new Device(DeviceType.CUDA, index) : torch.CPU;
    }

    /// <summary>Checks a name without loading torch: whether it is one that <see cref="Parse"/> takes, not whether the device is there.</summary>
    /// <param name="text">What a user asks for.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is none of the names.</exception>
    public static void EnsureName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsAuto(text) && !Is(text, "cpu") && !Is(text, "cuda") && !TryIndex(text, out _))
        {
            throw new ArgumentException($"'{text}' is no device. Use auto, cpu, cuda or cuda:N with N from 0.", nameof(text));
        }
    }

    /// <summary>The CUDA device to take, or null for the CPU.</summary>
    internal static int? Choose(string text, int? wanted, int deviceCount, bool backEndHasCuda)
    {
        if (wanted is null)
        {
            return deviceCount > 0 ? 0 : null;
        }

        if (deviceCount == 0)
        {
            throw new CudaUnavailableException(BackEndMessages.NoCuda(text, backEndHasCuda));
        }

        return wanted < deviceCount ? wanted : throw new CudaUnavailableException(BackEndMessages.NoSuchCudaDevice(text, deviceCount));
    }

    /// <summary>The CUDA device that the text names, or null where it names none (auto, cpu).</summary>
    internal static int? WantedCudaIndex(string text)
    {
        EnsureName(text);
        if (IsAuto(text) || Is(text, "cpu"))
        {
            return null;
        }

        return TryIndex(text, out int index) ? index : 0;
    }

    private static bool TryIndex(string text, out int index)
    {
        const string prefix = "cuda:";
        index = 0;
        return text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static bool IsAuto(string text)
    {
        return Is(text, "auto");
    }

    private static bool Is(string text, string name)
    {
        return string.Equals(text, name, StringComparison.OrdinalIgnoreCase);
    }
}
