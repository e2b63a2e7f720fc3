using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes that look at one byte at a time.</summary>
internal static class PixelTables
{
    /// <summary>How many different bytes there are, and so entries of a table.</summary>
    public const int Length = 256;

    /// <summary>Replaces every byte by its entry in a table.</summary>
    public static void Replace(Span<byte> pixels, ReadOnlySpan<byte> table)
    {
        ref byte entry = ref First(table, Length);
        foreach (ref byte value in pixels)
        {
            value = Unsafe.Add(ref entry, value);
        }
    }

    /// <summary>Replaces every byte by its entry in the table of its channel; the tables follow one another.</summary>
    public static void ReplaceByChannel(Span<byte> pixels, ReadOnlySpan<byte> tables)
    {
        ref byte entry = ref First(tables, 3 * Length);
        for (int i = 0; i <= pixels.Length - 3; i += 3)
        {
            pixels[i] = Unsafe.Add(ref entry, pixels[i]);
            pixels[i + 1] = Unsafe.Add(ref entry, Length + pixels[i + 1]);
            pixels[i + 2] = Unsafe.Add(ref entry, (2 * Length) + pixels[i + 2]);
        }
    }

    /// <summary>Adds a number from -255 to 255 to each channel, clamped to 0 to 255.</summary>
    public static void Add(ImageCanvas canvas, int red, int green, int blue)
    {
        if ((red, green, blue) == (0, 0, 0))
        {
            return;
        }

        Span<byte> pixels = canvas.Edit();

        // The three channels repeat after 48 bytes, the least that both a pixel and a vector divide.
        Span<byte> up = stackalloc byte[48];
        Span<byte> down = stackalloc byte[48];
        for (int i = 0; i < up.Length; i++)
        {
            int shift = (i % 3) switch { 0 => red, 1 => green, _ => blue };
            (up[i], down[i]) = ((byte)Math.Max(shift, 0), (byte)Math.Max(-shift, 0));
        }

        Span<byte> rest = pixels;
        for (; rest.Length >= up.Length; rest = rest[up.Length..])
        {
            for (int i = 0; i < up.Length; i += Vector128<byte>.Count)
            {
                Span<byte> part = rest.Slice(i, Vector128<byte>.Count);
                var sum = Vector128.AddSaturate(Vector128.Create<byte>(part), Vector128.Create<byte>(up[i..]));
                Vector128.SubtractSaturate(sum, Vector128.Create<byte>(down[i..])).CopyTo(part);
            }
        }

        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = (byte)Math.Clamp(rest[i] + up[i] - down[i], 0, 255);
        }
    }

    private static ref byte First(ReadOnlySpan<byte> table, int length) => ref MemoryMarshal.GetReference(table[..length]);
}
