using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Blurs, as the corruptions define them.</summary>
internal static class Blur
{
    private const double MostDegrees = 45;
    private const double DeviationsKept = 4;

    /// <summary>Weights neighbours by a normal distribution, cut off after four standard deviations. Beyond the border, the pixel at it.</summary>
    public static void Gaussian(ImageCanvas canvas, double deviation)
    {
        int reach = (int)((DeviationsKept * deviation) + 0.5);
        Span<float> weights = stackalloc float[(2 * reach) + 1];
        FillNormal(weights, reach, deviation);
        Convolution.ApplyAlongBoth(canvas, weights);
    }

    /// <summary>Spreads every pixel over a disc. Beyond the border, the mirror image.</summary>
    public static void Defocus(ImageCanvas canvas, ReadOnlySpan<KernelTap> disc) => Convolution.Apply(canvas, disc, Border.Mirrored);

    /// <summary>
    /// Draws a trail: pixels in one direction count less the further they are, as half of a normal distribution. Beyond the border, the pixel at it.
    /// </summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="radius">The trail is twice as long, and one pixel more.</param>
    /// <param name="deviation">The standard deviation in pixels.</param>
    /// <param name="random">Where the direction comes from.</param>
    public static void Motion(ImageCanvas canvas, int radius, double deviation, Random random)
    {
        var (down, across) = Math.SinCos(random.Uniform((-MostDegrees, MostDegrees)) * Math.PI / 180);
        Span<float> weights = stackalloc float[(2 * radius) + 1];
        FillNormal(weights, 0, deviation);
        Span<KernelTap> taps = stackalloc KernelTap[weights.Length];
        for (int i = 0; i < taps.Length; i++)
        {
            taps[i] = new KernelTap(Nearest(i * across), Nearest(i * down), weights[i]);
        }

        Convolution.Apply(canvas, taps, Border.Repeated);

        static int Nearest(double distance) => (int)Math.Ceiling(distance - 0.5);
    }

    private static void FillNormal(Span<float> weights, int middle, double deviation)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += Density(i);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(Density(i) / sum);
        }

        double Density(int i) => Math.Exp(-((i - middle) * (i - middle)) / (2 * deviation * deviation));
    }
}
