using TorchSharp;
using Module = TorchSharp.torch.nn.Module;

namespace ResNet.Runtime;

/// <summary>Finds NaN and infinities among weights and buffers, which no training mends and every prediction shows.</summary>
internal static class FiniteValues
{
    /// <summary>Finds the first tensor of a network with a value that is not finite.</summary>
    /// <returns>Its name in the state dictionary and that value; null where all values are finite.</returns>
    public static (string Name, double Value)? FirstBroken(Module network)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in network.state_dict())
        {
            if (FirstBroken(tensor) is { } value)
            {
                return (name, value);
            }
        }

        return null;
    }

    /// <summary>Finds the first value of a tensor that is not finite; null where all are, as those of integers.</summary>
    public static double? FirstBroken(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        return Broken(tensor) is { } broken && broken.shape[0] > 0 ? broken[0].to(torch.ScalarType.Float64).item<double>() : null;
    }

    /// <summary>Counts the values of a tensor that are not finite.</summary>
    public static long BrokenCount(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        return Broken(tensor)?.shape[0] ?? 0;
    }

    /// <summary>A sum is one pass without memory; only where it is not finite are the values looked at one by one.</summary>
    private static Tensor? Broken(Tensor tensor) =>
        !tensor.is_floating_point() || double.IsFinite(tensor.sum(torch.ScalarType.Float64).item<double>()) ? null : tensor[tensor.isfinite().logical_not()];
}
