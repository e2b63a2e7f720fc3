using System.Buffers.Binary;
using System.Text;

namespace ResNet.Imaging;

/// <summary>
/// The chunks of a PNG. The codec collects every chunk but pixels as a whole, copying what it has with each 4 KB: quadratic time, minutes for
/// 16 MB. So where chunks that it does not need are large, it gets the file without them.
/// </summary>
internal static class PngParts
{
    private const int SignatureLength = 8;
    private const int Overhead = 12;

    /// <summary>So many bytes are collected in no time.</summary>
    private const int MaxUnneededBytes = 64 << 10;

    /// <summary>A palette has at most 768 bytes, and no other chunk that is needed is longer.</summary>
    private const int MaxNeededLength = 1024;
    private const int MaxExifLength = 64 << 10;
    private const int PaletteColors = 3;

    public static ImageFileParts Read(ref ByteScanner file, string name, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[8];
        Span<byte> shape = stackalloc byte[13];
        shape.Clear();
        List<(long Start, long Length)> needed = [(0, SignatureLength)];
        (long, int)? exif = null;
        long unneeded = 0;
        bool hasPixels = false;
        for (file.Position = SignatureLength; file.TryRead(header);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = file.Position - header.Length;
            var chunk = header[4..];
            long length = BinaryPrimitives.ReadUInt32BigEndian(header);
            bool isPixels = chunk.SequenceEqual("IDAT"u8), isEnd = chunk.SequenceEqual("IEND"u8);
            if (hasPixels && chunk.ContainsAnyExcept(Letters))
            {
                break;
            }

            hasPixels |= isPixels;
            if (!isPixels && !isEnd)
            {
                EnsureWhole(chunk, start, length, file.Length, name);
            }

            if (chunk.SequenceEqual("IHDR"u8) && length >= shape.Length)
            {
                file.TryRead(shape);
            }
            else if (exif is null && chunk.SequenceEqual("eXIf"u8) && length <= MaxExifLength)
            {
                exif = (file.Position, (int)length);
            }

            if (isPixels || isEnd || IsNeeded(chunk, length, colorType: shape[9], start, name))
            {
                Add(needed, start, Overhead + length);
            }
            else
            {
                unneeded += Overhead + length;
            }

            file.Position = start + Overhead + length;
            if (isEnd)
            {
                break;
            }
        }

        ImageFileParts.EnsureFewOutsidePixels(unneeded, name);
        return new ImageFileParts
        {
            Format = ImageFileFormat.Png,
            Exif = exif,
            Needed = unneeded > MaxUnneededBytes ? Within(needed, file.Length) : null,
            CodecBytesPerPixel = shape[12] == 0 ? 0 : BytesPerPixel(shape[8], shape[9]),
        };
    }

    /// <summary>Chunks whose names begin in upper case are those without which pixels cannot be read; which those are is left to the codec.</summary>
    private static bool IsNeeded(ReadOnlySpan<byte> chunk, long length, int colorType, long start, string name)
    {
        bool isPalette = chunk.SequenceEqual("PLTE"u8);
        if (chunk.SequenceEqual("tRNS"u8) || (isPalette && colorType != PaletteColors))
        {
            return length <= MaxNeededLength;
        }

        bool isCritical = (chunk[0] & 0x20) == 0;
        return !isCritical || length <= MaxNeededLength
            ? isCritical
            : throw new ImageFormatException(
                name, $"the chunk {Encoding.ASCII.GetString(chunk)} at byte {start} has {length} bytes, where at most {MaxNeededLength} can be: the PNG is damaged; fetch or save the file again.");
    }

    private static void EnsureWhole(ReadOnlySpan<byte> chunk, long start, long length, long fileLength, string name)
    {
        if (chunk.ContainsAnyExcept(Letters))
        {
            throw new ImageFormatException(name, $"the PNG has no chunk where one was expected, at byte {start}: it is damaged; fetch or save the file again.");
        }

        if (start + Overhead + length > fileLength)
        {
            throw new ImageFormatException(
                name, $"the chunk {Encoding.ASCII.GetString(chunk)} at byte {start} says {length} bytes, but the PNG ends before: it is damaged or cut off; fetch or save the file again.");
        }
    }

    private static readonly System.Buffers.SearchValues<byte> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static void Add(List<(long Start, long Length)> parts, long start, long length)
    {
        var (last, lastLength) = parts[^1];
        if (last + lastLength == start)
        {
            parts[^1] = (last, lastLength + length);
        }
        else
        {
            parts.Add((start, length));
        }
    }

    /// <summary>The last part may say more than is there, which the codec tells.</summary>
    private static List<(long Start, long Length)> Within(List<(long Start, long Length)> parts, long length)
    {
        parts[^1] = (parts[^1].Start, Math.Min(parts[^1].Length, length - parts[^1].Start));
        return parts;
    }

    private static double BytesPerPixel(int bitDepth, int colorType) => bitDepth / 8.0 * (colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 });
}
