using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Noise on every channel of every pixel, each drawn by itself.</summary>
internal static class PixelNoise
{
    /// <summary>Adds normally distributed numbers.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="deviation">Their standard deviation, where white is 1.</param>
    /// <param name="random">Where they come from.</param>
    public static void Gaussian(ImageCanvas canvas, double deviation, Random random) => Add(canvas, 255 * deviation, 0, random);

    /// <summary>Adds normally distributed numbers in proportion to the channel.</summary>
    public static void Speckle(ImageCanvas canvas, double deviation, Random random) => Add(canvas, 0, deviation, random);

    /// <summary>Makes the share <paramref name="share"/> of the channels 0 or 255, both equally often.</summary>
    public static void Impulse(ImageCanvas canvas, double share, Random random)
    {
        foreach (ref byte value in canvas.Edit())
        {
            double draw = random.NextDouble();
            if (draw < share)
            {
                value = draw < share / 2 ? byte.MinValue : byte.MaxValue;
            }
        }
    }

    /// <summary>Counts quanta instead of measuring: a channel of 255 has <paramref name="quanta"/> of them in the mean.</summary>
    public static void Shot(ImageCanvas canvas, double quanta, Random random)
    {
        // Of each of the 256 means, where the search for the number drawn begins: see Poisson.
        Span<double> atMode = stackalloc double[PixelTables.Length];
        double logFactorial = 0;
        for (int value = 0, mode = 0; value < atMode.Length; value++)
        {
            double mean = quanta * value / 255;
            while (mode < (int)mean)
            {
                mode++;
                logFactorial += Math.Log(mode);
            }

            atMode[value] = Poisson.Probability(mean, mode, logFactorial);
        }

        foreach (ref byte value in canvas.Edit())
        {
            int count = Poisson.Find(random.NextDouble(), quanta * value / 255, atMode[value]);
            value = (byte)Math.Min(255, count * 255 / quanta);
        }
    }

    private static void Add(ImageCanvas canvas, double deviation, double ownShare, Random random)
    {
        Span<byte> pixels = canvas.Edit();
        int i = 0;
        for (; i < pixels.Length - 1; i += 2)
        {
            var (first, second) = random.NormalPair();
            pixels[i] = Changed(pixels[i], first);
            pixels[i + 1] = Changed(pixels[i + 1], second);
        }

        if (i < pixels.Length)
        {
            pixels[i] = Changed(pixels[i], random.Normal());
        }

        byte Changed(byte value, double normal) => PixelMixing.ToByte((float)(value + ((deviation + (ownShare * value)) * normal)));
    }
}
