using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes of brightness and contrast, in whole numbers, so that they are exact; rounded down.</summary>
internal static class Tones
{
    private const int Whole = 100;

    /// <summary>Adds to the value of hue, saturation, value: the largest channel of a pixel grows, and the others in proportion.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="added">What is added, where white is 1; in hundredths.</param>
    public static void Brighten(ImageCanvas canvas, double added)
    {
        // In units of a hundredth of a byte.
        int addedUnits = 255 * Hundredths(added);
        Span<byte> pixels = canvas.Edit();
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            Span<byte> pixel = pixels.Slice(i, 3);
            int old = Math.Max(pixel[0], Math.Max(pixel[1], pixel[2]));
            int value = Math.Min(255 * Whole, (Whole * old) + addedUnits);
            if (old == 0)
            {
                // Black has no hue: it becomes grey.
                pixel.Fill((byte)(value / Whole));
                continue;
            }

            foreach (ref byte channel in pixel)
            {
                channel = (byte)(channel * value / (Whole * old));
            }
        }
    }

    /// <summary>Mixes every channel with its mean over the picture.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="left">The share of itself that stays, in hundredths.</param>
    public static void Flatten(ImageCanvas canvas, double left)
    {
        Span<byte> pixels = canvas.Edit();
        Span<long> sums = [0, 0, 0];
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            sums[0] += pixels[i];
            sums[1] += pixels[i + 1];
            sums[2] += pixels[i + 2];
        }

        long own = Hundredths(left), count = pixels.Length / 3;
        Span<byte> tables = stackalloc byte[3 * PixelTables.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            var (channel, value) = Math.DivRem(i, PixelTables.Length);
            tables[i] = (byte)(((value * own * count) + (sums[channel] * (Whole - own))) / (Whole * count));
        }

        PixelTables.ReplaceByChannel(pixels, tables);
    }

    private static int Hundredths(double share) => (int)Math.Round(Whole * share);
}
