using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes of how light and dark are spread, to the byte those of torchvision, and of Pillow's ImageOps where it has them.</summary>
internal static class ToneAdjustment
{
    /// <summary>Keeps the upper bits of each byte; 8 leaves a picture as it is.</summary>
    public static void Posterize(ImageCanvas canvas, int bits)
    {
        if (bits >= 8)
        {
            return;
        }

        int mask = 0xFF << (8 - bits);
        Span<byte> table = stackalloc byte[PixelTables.Length];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = (byte)(value & mask);
        }

        PixelTables.Replace(canvas.Edit(), table);
    }

    /// <summary>Inverts bytes from a threshold on; above 255 leaves a picture as it is.</summary>
    public static void Solarize(ImageCanvas canvas, double threshold)
    {
        if (threshold > 255)
        {
            return;
        }

        Span<byte> table = stackalloc byte[PixelTables.Length];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = (byte)(value >= threshold ? 255 - value : value);
        }

        PixelTables.Replace(canvas.Edit(), table);
    }

    /// <summary>Stretches each channel so that its darkest byte becomes 0 and its lightest 255.</summary>
    public static void AutoContrast(ImageCanvas canvas)
    {
        Span<int> counts = stackalloc int[3 * PixelTables.Length];
        Span<byte> tables = stackalloc byte[3 * PixelTables.Length];
        Count(canvas.Read(), counts);
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<int> own = counts.Slice(channel * PixelTables.Length, PixelTables.Length);
            Span<byte> table = tables.Slice(channel * PixelTables.Length, PixelTables.Length);
            int min = own.IndexOfAnyExcept(0), max = own.LastIndexOfAnyExcept(0);
            (int from, float scale) = min == max ? (0, 1f) : (min, 255f / (max - min));
            for (int value = 0; value < table.Length; value++)
            {
                table[value] = PixelMixing.ToByte((value - from) * scale);
            }
        }

        PixelTables.ReplaceByChannel(canvas.Edit(), tables);
    }

    /// <summary>Spreads each channel so that all bytes are about equally frequent.</summary>
    public static void Equalize(ImageCanvas canvas)
    {
        Span<int> counts = stackalloc int[3 * PixelTables.Length];
        Span<byte> tables = stackalloc byte[3 * PixelTables.Length];
        Count(canvas.Read(), counts);
        for (int channel = 0; channel < 3; channel++)
        {
            int start = channel * PixelTables.Length;
            EqualizingTable(counts.Slice(start, PixelTables.Length), tables.Slice(start, PixelTables.Length));
        }

        PixelTables.ReplaceByChannel(canvas.Edit(), tables);
    }

    private static void EqualizingTable(ReadOnlySpan<int> counts, Span<byte> table)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        // The lightest byte in use takes no part: what is below it is spread over the 255 steps.
        long step = (total - counts[counts.LastIndexOfAnyExcept(0)]) / 255;
        long below = step / 2;
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = step == 0 ? (byte)value : (byte)Math.Min(255, below / step);
            below += counts[value];
        }
    }

    private static void Count(ReadOnlySpan<byte> pixels, Span<int> counts)
    {
        counts.Clear();
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            counts[pixels[i]]++;
            counts[PixelTables.Length + pixels[i + 1]]++;
            counts[(2 * PixelTables.Length) + pixels[i + 2]]++;
        }
    }
}
