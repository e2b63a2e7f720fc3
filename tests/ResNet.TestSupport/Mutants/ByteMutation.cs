using System.Buffers.Binary;

namespace ResNet.TestSupport.Mutants;

/// <summary>Changes that know nothing of the format.</summary>
internal static class ByteMutation
{
    private static readonly long[] Interesting =
    [
        0, 1, -1, 2, 7, 8, 16, 44, 46, 64, 127, 128, 255, 256, 1024, 32_767, 32_768, 65_535, 65_536, 1 << 20, (1 << 24) - 1, int.MaxValue, int.MinValue,
        uint.MaxValue, 1L << 32, 1L << 40, 1L << 61, 1L << 62, long.MaxValue, long.MaxValue - 7, long.MinValue,
    ];

    public static long Number(Random random) => random.Next(4) == 0 ? random.NextInt64(-300, 300) : Interesting[random.Next(Interesting.Length)];

    public static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length < 2)
        {
            return [.. bytes, (byte)random.Next(256)];
        }

        switch (random.Next(10))
        {
            case 0:
                return bytes[..random.Next(1, bytes.Length)];
            case 1:
                return Without(bytes, random);
            case 2:
                return Doubled(bytes, random);
            case 3 or 4:
                return WithNumber(bytes, random);
            case 5 or 6:
                byte[] flipped = (byte[])bytes.Clone();
                flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            default:
                byte[] changed = (byte[])bytes.Clone();
                changed[random.Next(bytes.Length)] = (byte)random.Next(256);
                return changed;
        }
    }

    /// <summary>The beginning of one file and the end of another.</summary>
    public static byte[] Splice(byte[] first, byte[] second, Random random) =>
        [.. first.AsSpan(0, random.Next(1, first.Length + 1)), .. second.AsSpan(random.Next(second.Length))];

    private static byte[] Without(byte[] bytes, Random random)
    {
        (int start, int length) = Block(bytes, random);
        return [.. bytes.AsSpan(0, start), .. bytes.AsSpan(start + length), 0];
    }

    private static byte[] Doubled(byte[] bytes, Random random)
    {
        (int start, int length) = Block(bytes, random);
        int to = random.Next(bytes.Length);
        return [.. bytes.AsSpan(0, to), .. bytes.AsSpan(start, length), .. bytes.AsSpan(to)];
    }

    private static byte[] WithNumber(byte[] bytes, Random random)
    {
        byte[] changed = (byte[])bytes.Clone();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Number(random));
        int width = Math.Min(1 << random.Next(1, 4), bytes.Length);
        number[..width].CopyTo(changed.AsSpan(random.Next(bytes.Length - width + 1)));
        return changed;
    }

    private static (int Start, int Length) Block(byte[] bytes, Random random)
    {
        int start = random.Next(bytes.Length);
        return (start, random.Next(1, Math.Min(64, bytes.Length - start) + 1));
    }
}
