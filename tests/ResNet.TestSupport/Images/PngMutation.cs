using System.Buffers.Binary;
using System.IO.Compression;
using ResNet.TestSupport.Checkpoints;
using ResNet.TestSupport.Mutants;

namespace ResNet.TestSupport.Images;

/// <summary>Changes chunks of a PNG and keeps lengths and checksums right, so that the codec does not stop at those.</summary>
internal static class PngMutation
{
    private const int SignatureLength = 8;
    private static readonly string[] Names = ["tEXt", "iTXt", "zTXt", "iCCP", "eXIf", "tRNS", "PLTE", "gAMA", "cHRM", "sBIT", "sRGB", "hIST", "pHYs", "acTL", "fcTL", "fdAT", "IDAT", "IEND", "IHDR", "abCd", "ABCD"];

    public static byte[] Of(byte[] png, Random random)
    {
        var chunks = Read(png);
        for (int changes = random.Next(1, 4); changes > 0 && chunks.Count > 0; changes--)
        {
            int i = random.Next(chunks.Count);
            switch (random.Next(7))
            {
                case 0:
                    chunks.Insert(i, (Names[random.Next(Names.Length)], Content(random)));
                    break;
                case 1:
                    chunks.RemoveAt(i);
                    break;
                case 2:
                    chunks.Add(chunks[i]);
                    break;
                case 3 when chunks.FindIndex(chunk => chunk.Name == "IDAT") is var at && at >= 0:
                    chunks[at] = ("IDAT", Rows(chunks[at].Data, random));
                    break;
                default:
                    chunks[i] = (chunks[i].Name, ByteMutation.Once(chunks[i].Data, random));
                    break;
            }
        }

        using var file = new MemoryStream();
        file.Write(png, 0, SignatureLength);
        foreach (var (name, data) in chunks)
        {
            Write(file, name, data);
        }

        return file.ToArray();
    }

    private static List<(string Name, byte[] Data)> Read(byte[] png)
    {
        List<(string, byte[])> chunks = [];
        for (int at = SignatureLength; at + 12 <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((System.Text.Encoding.Latin1.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    /// <summary>Some are large, which some codecs collect in quadratic time.</summary>
    private static byte[] Content(Random random)
    {
        byte[] content = new byte[random.Next(40) == 0 ? random.Next(1 << 23) : random.Next(400)];
        random.NextBytes(content.AsSpan(0, Math.Min(content.Length, 500)));
        return content;
    }

    /// <summary>Changes what is compressed, and compresses it again.</summary>
    private static byte[] Rows(byte[] compressed, Random random)
    {
        using var rows = new MemoryStream();
        try
        {
            using var input = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            input.CopyTo(rows);
        }
        catch (InvalidDataException)
        {
            return ByteMutation.Once(compressed, random);
        }

        using var data = new MemoryStream();
        using (var output = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            output.Write(ByteMutation.Once(rows.ToArray(), random));
        }

        return data.ToArray();
    }

    private static void Write(MemoryStream file, string name, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.Latin1.GetBytes(name), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        file.Write(number);
    }
}
