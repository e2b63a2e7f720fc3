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

        var (own, other) = ((float)factor, (float)(1 - factor));
        Span<byte> pixels = canvas.Edit();
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            float luma = other * Luma(pixels[i], pixels[i + 1], pixels[i + 2]);
            pixels[i] = ToByte((own * pixels[i]) + luma);
            pixels[i + 1] = ToByte((own * pixels[i + 1]) + luma);
            pixels[i + 2] = ToByte((own * pixels[i + 2]) + luma);
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
                TurnHue(pixels.Slice(i, 3), Shares[max], Shares[min], (float)turn);
            }
        }
    }

    internal static byte ToByte(float value) => (byte)Math.Clamp(value, 0f, 255f);

    private static int Luma(byte red, byte green, byte blue) => (int)((0.2989f * red) + (0.587f * green) + (0.114f * blue));

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
            table[value] = ToByte((own * value) + other);
        }

        PixelTables.Replace(canvas.Edit(), table);
    }

    private static void TurnHue(Span<byte> pixel, float max, float min, float turn)
    {
        float range = max - min;
        float red = (max - Shares[pixel[0]]) / range, green = (max - Shares[pixel[1]]) / range, blue = (max - Shares[pixel[2]]) / range;
        float hue = red == 0 ? blue - green : green == 0 ? 2f + red - blue : 4f + green - red;

        // Two times around the circle: hue / 6 + 1 is below 2, and the turn less than one.
        hue = (hue / 6f) + 1f;
        hue = (hue >= 1 ? hue - 1f : hue) + turn;
        hue = hue >= 1 ? hue - 1f : hue < 0 ? hue + 1f : hue;
        float saturation = range / max;
        float sector = MathF.Floor(hue * 6f);
        float within = (hue * 6f) - sector;
        byte high = ToByte(255f * max);
        byte low = ToByte(255f * (max * (1f - saturation)));
        byte falling = ToByte(255f * (max * (1f - (saturation * within))));
        byte rising = ToByte(255f * (max * (1f - (saturation * (1f - within)))));
        (pixel[0], pixel[1], pixel[2]) = ((int)sector % 6) switch
        {
            0 => (high, rising, low),
            1 => (falling, high, low),
            2 => (low, high, rising),
            3 => (low, falling, high),
            4 => (rising, low, high),
            _ => (high, low, falling),
        };
    }
}
