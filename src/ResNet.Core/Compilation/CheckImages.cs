using TorchSharp;

namespace ResNet.Compilation;

/// <summary>Generated images for a self-check, one of noise and one smooth as photos are. Their generator is not torch's: compiling must not change what that gives next.</summary>
internal static class CheckImages
{
    /// <summary>Images of the usual size.</summary>
    public const int Count = 2;

    private const int Seed = 20_151_210;

    /// <summary>Images of the size that the options ask for; the caller disposes them.</summary>
    public static Tensor Usual(ResNetOptions network, CompileOptions options) => Generate(Count, network.InputChannels, Height(network, options), Width(network, options));

    /// <summary>
    /// One image, smaller and of odd sides, so that no feature map fills whole tiles; the caller disposes it. Kernels differ by the number of rows that they are given.
    /// </summary>
    public static Tensor Odd(ResNetOptions network, CompileOptions options) =>
        Generate(1, network.InputChannels, (Height(network, options) * 5L / 8) | 1, (Width(network, options) * 3L / 4) | 1);

    /// <summary>Of the usual size.</summary>
    public static int Height(ResNetOptions network, CompileOptions options) => options.CheckHeight ?? DefaultSize(network);

    /// <summary>Of the usual size.</summary>
    public static int Width(ResNetOptions network, CompileOptions options) => options.CheckWidth ?? DefaultSize(network);

    private static int DefaultSize(ResNetOptions network) => network.Stem == StemKind.ImageNet ? 224 : 32;

    /// <summary>The first half of the values are noise, the others waves: of one image, its upper half is noise.</summary>
    private static Tensor Generate(int count, int channels, long height, long width)
    {
        float[] pixels = new float[count * channels * height * width];
        var random = new Random(Seed);
        int index = 0;
        for (; index < pixels.Length / 2; index++)
        {
            pixels[index] = (float)((random.NextDouble() * 4) - 2);
        }

        double phase = 0;
        for (; index < pixels.Length; index++)
        {
            long x = index % width, y = index / width % height;
            phase = x == 0 && y == 0 ? random.NextDouble() * 6 : phase;
            pixels[index] = (float)(Math.Sin((9.0 * x / width) + phase) + Math.Cos((7.0 * y / height) - phase));
        }

        return torch.tensor(pixels, [count, channels, height, width], dtype: torch.float32, device: torch.CPU);
    }
}
