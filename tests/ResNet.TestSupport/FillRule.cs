using System.Text;
using TorchSharp;

namespace ResNet.TestSupport;

/// <summary>The reference data's rule for making weights and inputs out of names, the same in every language.</summary>
public static class FillRule
{
    private static readonly double Root3 = Math.Sqrt(3);

    /// <summary>A number in [-1, 1) for every index.</summary>
    public static double Noise(uint nameHash, uint index)
    {
        uint x = unchecked(nameHash + (index * 0x9E3779B9u));
        x ^= x >> 16;
        x = unchecked(x * 0x85EBCA6Bu);
        x ^= x >> 13;
        x = unchecked(x * 0xC2B2AE35u);
        x ^= x >> 16;
        return (x / 2147483648.0) - 1;
    }

    public static uint Hash(string name)
    {
        uint hash = 2166136261u;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        return hash;
    }

    public static void Fill(ResNetModel model, double normScale)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in model.state_dict())
        {
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                tensor.zero_();
                continue;
            }

            var value = ValueOf(name, tensor.shape, normScale);
            uint hash = Hash(name);
            var values = new float[tensor.numel()];
            for (uint i = 0; i < values.Length; i++)
            {
                values[i] = (float)value(Noise(hash, i));
            }

            tensor.copy_(torch.tensor(values).reshape(tensor.shape));
        }
    }

    /// <summary>A batch N×C×H×W of 8×8 flat patches a channel.</summary>
    public static Tensor Input(string name, long[] shape)
    {
        (long n, long c, long h, long w) = (shape[0], shape[1], shape[2], shape[3]);
        uint hash = Hash(name);
        var pixels = new float[n * c * h * w];
        for (long i = 0; i < pixels.Length; i++)
        {
            long x = i % w, y = i / w % h, plane = i / (w * h);
            uint patch = (uint)((((plane * 8) + (8 * y / h)) * 8) + (8 * x / w));
            pixels[i] = (float)(2 * Noise(hash, patch));
        }

        return torch.tensor(pixels).reshape(shape);
    }

    private static Func<double, double> ValueOf(string name, long[] shape, double normScale)
    {
        if (shape.Length == 4)
        {
            double scale = Root3 * Math.Sqrt(2.0 / (shape[0] * shape[2] * shape[3]));
            return noise => noise * scale;
        }

        if (shape.Length == 2)
        {
            double scale = Root3 / Math.Sqrt(shape[1]);
            return noise => noise * scale;
        }

        if (name.EndsWith("running_var", StringComparison.Ordinal))
        {
            return noise => 1 + (0.25 * noise);
        }

        if (name.EndsWith("running_mean", StringComparison.Ordinal))
        {
            return noise => 0.02 * noise;
        }

        return name.EndsWith(".weight", StringComparison.Ordinal)
            ? noise => normScale * (1 + (0.125 * noise))
            : noise => 0.02 * noise;
    }
}
