using TorchSharp;

namespace ResNet.TestSupport;

/// <summary>Other defaults of torch than the usual ones, until it is disposed: what a host may have chosen for tensors of its own.</summary>
public sealed class TorchDefaults : IDisposable
{
    private TorchDefaults()
    {
    }

    /// <summary>Names of them, for theories.</summary>
    public static IEnumerable<object[]> Names { get; } = [["double"], ["bfloat16"], ["another device"]];

    /// <summary>Sets them.</summary>
    public static TorchDefaults Of(string name)
    {
        // The device without memory shows on machines without a GPU too where a tensor was made on no device in particular: it holds no values to read.
        switch (name)
        {
            case "another device":
                torch.set_default_device(torch.META);
                break;
            default:
                torch.set_default_dtype(name == "double" ? torch.float64 : torch.bfloat16);
                break;
        }

        return new TorchDefaults();
    }

    public void Dispose()
    {
        torch.set_default_dtype(torch.float32);
        torch.set_default_device(torch.CPU);
    }
}
