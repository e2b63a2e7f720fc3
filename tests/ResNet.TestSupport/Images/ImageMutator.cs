using ResNet.TestSupport.Mutants;

namespace ResNet.TestSupport.Images;

/// <summary>Makes mutants of good image files. Mutant number n of a seed number is always the same bytes.</summary>
/// <param name="files">The good files.</param>
/// <param name="seed">Any number.</param>
public sealed class ImageMutator(IReadOnlyList<(string Name, byte[] Bytes)> files, int seed)
{
    /// <summary>Sizes, offsets and flags of BMP, GIF and WebP stand in their first bytes.</summary>
    private const int HeadLength = 64;

    /// <summary>Makes a mutant.</summary>
    /// <param name="number">Which one, from 0.</param>
    /// <returns>The bytes, and the name of the file that they were made of.</returns>
    public (byte[] Bytes, string Of) Mutant(long number)
    {
        var random = new Random(unchecked((seed * 486_187_739) + (int)(number ^ (number >> 32))));
        var (name, bytes) = files[random.Next(files.Count)];
        return (random.Next(4) == 0 ? Blind(bytes, random) : Aware(bytes, random), name);
    }

    private byte[] Blind(byte[] bytes, Random random)
    {
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            bytes = random.Next(12) == 0
                ? ByteMutation.Splice(bytes, files[random.Next(files.Count)].Bytes, random)
                : ByteMutation.Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Aware(byte[] bytes, Random random) => bytes switch
    {
        [0x89, ..] => PngMutation.Of(bytes, random),
        [0xFF, 0xD8, ..] => JpegMutation.Of(bytes, random),
        _ => Head(bytes, random),
    };

    private static byte[] Head(byte[] bytes, Random random)
    {
        int length = Math.Min(HeadLength, bytes.Length);
        byte[] head = bytes[..length];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            byte[] changed = ByteMutation.Once(head, random);
            head = changed.Length == length ? changed : head;
        }

        return [.. head, .. random.Next(4) == 0 ? ByteMutation.Once(bytes[length..], random) : bytes[length..]];
    }
}
