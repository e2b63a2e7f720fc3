using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Changes of colours, to the byte those that torchvision defines for tensors of bytes: in float32, the result clamped and rounded down.
/// A factor of 1 (for the hue, 0) leaves a picture as it is.
/// </summary>
internal static class ColorAdjustment
{
    private static readonly float[] Shares = [.. Enumerable.Range(0, PixelTables.Length).Select(value => value / 255f)];

    /// <summary>Mixes with black: a factor of 0 gives black.</summary>
    public static void Brightness(ImageCanvas canvas, double factor) => MixWith(canvas, 0, factor);

    /// <summary>Mixes with the mean luma of the picture: a factor of 0 gives one grey.</summary>
    public static void Contrast(ImageCanvas canvas, double factor)
    {
        if (factor == 1)
        {
            return;
        }

        ReadOnlySpan<byte> pixels = canvas.Read();
        long sum = 0;
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            sum += Luma(pixels[i], pixels[i + 1], pixels[i + 2]);
        }

        MixWith(canvas, (float)sum / (pixels.Length / 3), factor);
    }

    /// <summary>Mixes each pixel with its luma: a factor of 0 gives greys.</summary>
    public static void Saturation(ImageCanvas canvas, double factor)
    {
        if (factor == 1)
        {
            return;
        }

        // Lumas of a few pixels, each three times, so that all bytes are mixed alike.
        Span<byte> lumas = stackalloc byte[3 * 256];
        for (Span<byte> rest = canvas.Edit(); !rest.IsEmpty; rest = rest[Math.Min(rest.Length, lumas.Length)..])
        {
            Span<byte> part = rest[..Math.Min(rest.Length, lumas.Length)];
            for (int i = 0; i <= part.Length - 3; i += 3)
            {
                lumas[i] = lumas[i + 1] = lumas[i + 2] = (byte)Luma(part[i], part[i + 1], part[i + 2]);
            }

            PixelMixing.Mix(part, lumas, part, (float)factor, (float)(1 - factor));
        }
    }

    /// <summary>Turns the hue of each pixel: by 1 is all around, by 0.5 to the opposite colour. From -0.5 to 0.5.</summary>
    public static void Hue(ImageCanvas canvas, double turn)
    {
        if (turn == 0)
        {
            return;
        }

        Span<byte> pixels = canvas.Edit();
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            byte max = Math.Max(pixels[i], Math.Max(pixels[i + 1], pixels[i + 2]));
            byte min = Math.Min(pixels[i], Math.Min(pixels[i + 1], pixels[i + 2]));
            if (max != min)
            {
                TurnHue(ref pixels[i], ref pixels[i + 1], ref pixels[i + 2], max, min, (float)turn);
            }
        }
    }

    private static int Luma(byte red, byte green, byte blue) =>
        float.ConvertToIntegerNative<int>((0.2989f * red) + (0.587f * green) + (0.114f * blue));

    private static void MixWith(ImageCanvas canvas, float grey, double factor)
    {
        if (factor == 1)
        {
            return;
        }

        var (own, other) = ((float)factor, (float)(1 - factor) * grey);
        Span<byte> table = stackalloc byte[PixelTables.Length];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = PixelMixing.ToByte((own * value) + other);
        }

        PixelTables.Replace(canvas.Edit(), table);
    }

    private static void TurnHue(ref byte red, ref byte green, ref byte blue, byte high, byte least, float turn)
    {
        float max = Shares[high];
        float range = max - Shares[least];
        float hue = red == high ? Distance(blue) - Distance(green)
            : green == high ? 2f + Distance(red) - Distance(blue)
            : 4f + Distance(green) - Distance(red);

        // Two times around the circle: hue / 6 + 1 is below 2, and the turn less than one.
        hue = (hue / 6f) + 1f;
        hue = (hue >= 1 ? hue - 1f : hue) + turn;
        hue = hue >= 1 ? hue - 1f : hue < 0 ? hue + 1f : hue;
        float saturation = range / max;
        int sector = float.ConvertToIntegerNative<int>(hue * 6f);
        float within = (hue * 6f) - sector;
        byte low = Rounded(max * (1f - saturation));
        byte between = Rounded(max * (1f - (saturation * ((sector & 1) == 0 ? 1f - within : within))));
        (red, green, blue) = sector switch
        {
            1 => (between, high, low),
            2 => (low, high, between),
            3 => (low, between, high),
            4 => (between, low, high),
            5 => (high, low, between),
            _ => (high, between, low),
        };

        float Distance(byte value) => (max - Shares[value]) / range;

        static byte Rounded(float share) => (byte)float.ConvertToIntegerNative<int>(255f * share);
    }
}
