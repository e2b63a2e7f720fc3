namespace ResNet.Weights;

/// <summary>
/// Sorted 40-bit hashes as bits: of each the distance from the one before, in Rice's code (quotient in ones that a zero ends, then the
/// remainder), and a bit that is set for <see cref="ImageUse.Selected"/>. 50,000 hashes take 26 bits each and 8 KB more at most, instead of 40 bits.
/// </summary>
internal static class HashListCoding
{
    /// <summary>What is written as text of 4 characters for 3 bytes; a hostile file must not make a reader allocate more.</summary>
    public const int MaxBytes = 192 << 10;

    public static byte[] Encode(IReadOnlyDictionary<ulong, ImageUse> uses)
    {
        int remainderBits = RemainderBits(uses.Count);
        var bits = new List<byte>();
        int filled = 8;
        ulong next = 0;
        foreach (ulong hash in uses.Keys.Order())
        {
            ulong gap = hash - next;
            next = hash + 1;
            for (ulong ones = gap >> remainderBits; ones > 0; ones--)
            {
                Append(1);
            }

            Append(0);
            for (int bit = remainderBits - 1; bit >= 0; bit--)
            {
                Append((int)(gap >> bit) & 1);
            }

            Append(uses[hash] == ImageUse.Selected ? 1 : 0);
        }

        return [.. bits];

        void Append(int bit)
        {
            if (filled == 8)
            {
                bits.Add(0);
                filled = 0;
            }

            bits[^1] |= (byte)(bit << (7 - filled++));
        }
    }

    /// <exception cref="FormatException">The bytes do not hold as many hashes, or something else.</exception>
    public static Dictionary<ulong, ImageUse> Decode(ReadOnlySpan<byte> bytes, int count)
    {
        // Each hash takes two bits or more.
        if (count < 0 || count > TrainingFingerprint.MaxHashCount || count > 4L * bytes.Length)
        {
            throw new FormatException(Invariant($"{count} hashes are not in {bytes.Length} bytes; at most {TrainingFingerprint.MaxHashCount} are read"));
        }

        int remainderBits = RemainderBits(count);
        var uses = new Dictionary<ulong, ImageUse>(count);
        int place = 0;
        ulong next = 0;
        for (int i = 0; i < count; i++)
        {
            ulong gap = 0;
            while (Take(bytes, ref place) == 1)
            {
                gap++;
            }

            for (int bit = 0; bit < remainderBits; bit++)
            {
                gap = (gap << 1) | Take(bytes, ref place);
            }

            ulong hash = next + gap;
            if (hash >> TrainingFingerprint.HashBits != 0)
            {
                throw new FormatException(Invariant($"hash {i} has more than {TrainingFingerprint.HashBits} bits"));
            }

            next = hash + 1;
            uses.Add(hash, Take(bytes, ref place) == 1 ? ImageUse.Selected : ImageUse.Trained);
        }

        return bytes.Length == (place + 7) / 8 ? uses : throw new FormatException(Invariant($"{bytes.Length} bytes are too many for {count} hashes"));
    }

    private static ulong Take(ReadOnlySpan<byte> bytes, ref int place)
    {
        if (place >> 3 >= bytes.Length)
        {
            throw new FormatException("the hashes end too early");
        }

        ulong bit = (ulong)(bytes[place >> 3] >> (7 - (place & 7))) & 1;
        place++;
        return bit;
    }

    /// <summary>About the logarithm of the mean distance: then hashes, which are evenly spread by chance, take the fewest bits.</summary>
    private static int RemainderBits(int count) => Math.Max(0, TrainingFingerprint.HashBits - 1 - (int)Math.Log2(Math.Max(1, count)));
}
