using System.Buffers.Binary;
using ResNet.TestSupport.Mutants;

namespace ResNet.TestSupport.Images;

/// <summary>Changes segments of a JPEG and keeps their lengths right.</summary>
internal static class JpegMutation
{
    public static byte[] Of(byte[] jpeg, Random random)
    {
        var segments = Read(jpeg);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int i = random.Next(1, segments.Count);
            switch (random.Next(6))
            {
                case 0:
                    segments.Insert(i, Segment((byte)random.Next(0xC0, 0xFF), random));
                    break;
                case 1:
                    segments.RemoveAt(i);
                    break;
                case 2:
                    segments.InsertRange(segments.Count - 1, Enumerable.Repeat(segments[i], random.Next(4) == 0 ? random.Next(3000) : 1));
                    break;
                case 3 when segments.FindIndex(segment => segment is [0xFF, 0xC0 or 0xC1 or 0xC2, _, _, _, _, _, _, _, ..]) is var at && at >= 0:
                    segments[at] = Frame(segments[at], random);
                    break;
                default:
                    byte[] changed = [.. segments[i]];
                    changed[random.Next(Math.Min(2, changed.Length - 1), changed.Length)] = (byte)random.Next(256);
                    segments[i] = changed;
                    break;
            }

            if (segments.Count < 2)
            {
                break;
            }
        }

        return [.. segments.SelectMany(segment => segment)];
    }

    /// <summary>A segment after another; one that begins a scan has its pixels.</summary>
    private static List<byte[]> Read(byte[] jpeg)
    {
        List<byte[]> segments = [jpeg[..2]];
        for (int start = 2; start + 4 <= jpeg.Length;)
        {
            int end = Math.Min(jpeg.Length, start + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(start + 2)));
            if (jpeg[start + 1] == 0xDA)
            {
                while (end + 1 < jpeg.Length && (jpeg[end] != 0xFF || jpeg[end + 1] is 0 or (>= 0xD0 and <= 0xD7)))
                {
                    end++;
                }
            }

            segments.Add(jpeg[start..end]);
            start = end;
        }

        segments.Add([0xFF, 0xD9]);
        return segments;
    }

    private static byte[] Segment(byte marker, Random random)
    {
        byte[] segment = new byte[2 + random.Next(2, random.Next(20) == 0 ? 60_000 : 80)];
        random.NextBytes(segment);
        (segment[0], segment[1]) = (0xFF, marker);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        if (segment.Length > 12 && random.Next(2) == 0)
        {
            "Exif\0\0II"u8.CopyTo(segment.AsSpan(4));
        }

        return segment;
    }

    /// <summary>Its size, its components, or what they are sampled by.</summary>
    private static byte[] Frame(byte[] frame, Random random)
    {
        byte[] changed = [.. frame];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(random.Next(2) == 0 ? 5 : 7), (ushort)ByteMutation.Number(random));
        }
        else
        {
            changed[random.Next(4, changed.Length)] = (byte)random.Next(64);
        }

        return changed;
    }
}
