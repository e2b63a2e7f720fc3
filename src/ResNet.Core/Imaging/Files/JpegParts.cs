using System.Buffers.Binary;

namespace ResNet.Imaging;

/// <summary>
/// The segments of a JPEG. One with several scans, as progressive ones have, is held by the codec as coefficients of all pixels, over which it goes
/// once for each scan, however few bytes that has.
/// </summary>
internal static class JpegParts
{
    private const int CoefficientBytes = 2;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Comment = 0xFE;

    public static ImageFileParts Read(ref ByteScanner file, string name, bool headOnly, CancellationToken cancellationToken)
    {
        Span<byte> length = stackalloc byte[2];
        int scans = 0;
        long outside = 0;
        bool isProgressive = false;
        double samples = 0;
        file.Position = 2;
        while (NextMarker(ref file) is var marker && marker >= 0 && marker != EndOfImage && !(headOnly && scans > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!HasLength(marker))
            {
                continue;
            }

            long start = file.Position;
            if (!file.TryRead(length) || BinaryPrimitives.ReadUInt16BigEndian(length) < length.Length)
            {
                break;
            }

            if (IsFrame(marker))
            {
                isProgressive |= (marker & 3) == 2;
                samples = Math.Max(samples, SamplesPerPixel(ref file));
            }

            outside += marker is (>= 0xE0 and <= 0xEF) or Comment ? BinaryPrimitives.ReadUInt16BigEndian(length) : 0;
            scans += marker == StartOfScan ? 1 : 0;
            file.Position = start + BinaryPrimitives.ReadUInt16BigEndian(length);
        }

        ImageFileParts.EnsureFewOutsidePixels(outside, name);
        return new ImageFileParts
        {
            Format = ImageFileFormat.Jpeg,
            CodecBytesPerPixel = isProgressive || scans > 1 ? CoefficientBytes * samples : 0,
            ScanCount = Math.Max(1, scans),
        };
    }

    /// <summary>Goes past the next marker. Pixels write 0xFF as 0xFF, 0, and restart markers are among them.</summary>
    private static int NextMarker(ref ByteScanner file)
    {
        while (file.SkipPast(0xFF))
        {
            int code = file.ReadByte();
            while (code == 0xFF)
            {
                code = file.ReadByte();
            }

            if (code is not (0 or >= 0xD0 and <= 0xD7))
            {
                return code;
            }
        }

        return -1;
    }

    private static bool HasLength(int marker) => marker is not (1 or 0xD8);

    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Components of fewer pixels count for as much less; blocks at the edges are rounded up by little.</summary>
    private static double SamplesPerPixel(ref ByteScanner file)
    {
        Span<byte> head = stackalloc byte[6];
        Span<byte> component = stackalloc byte[3];
        double samples = 0, largest = 1;
        if (file.TryRead(head))
        {
            for (int i = 0; i < head[5] && file.TryRead(component); i++)
            {
                double share = (component[1] >> 4) * (component[1] & 15);
                samples += share;
                largest = Math.Max(largest, share);
            }
        }

        return samples / largest;
    }
}
