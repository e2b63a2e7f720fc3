using System.Buffers.Binary;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>Reads the EXIF orientation of a PNG file, which the codec leaves out. Whatever is damaged means: as stored.</summary>
internal static class PngOrientation
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;
    private const int LargestExif = 64 << 10;
    private const ushort OrientationTag = 0x0112;

    /// <summary>Looks through the chunks for one named eXIf.</summary>
    public static SKEncodedOrigin Read(Stream png)
    {
        Span<byte> header = stackalloc byte[8];
        for (long position = SignatureLength; position + ChunkOverhead <= png.Length;)
        {
            png.Position = position;
            png.ReadExactly(header);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (header[4..].SequenceEqual("eXIf"u8) && length <= Math.Min(LargestExif, png.Length - png.Position))
            {
                byte[] exif = new byte[length];
                png.ReadExactly(exif);
                return Parse(exif);
            }

            position += ChunkOverhead + length;
        }

        return SKEncodedOrigin.Default;
    }

    /// <summary>EXIF is a TIFF file: byte order, then the place of a directory of entries of 12 bytes.</summary>
    private static SKEncodedOrigin Parse(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return SKEncodedOrigin.Default;
        }

        bool isLittle = tiff.StartsWith("II"u8);
        uint directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return SKEncodedOrigin.Default;
        }

        int count = UInt16(tiff[(int)directory..], isLittle);
        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        for (; count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (UInt16(entries, isLittle) == OrientationTag)
            {
                int value = UInt16(entries[8..], isLittle);
                return value is >= 1 and <= 8 ? (SKEncodedOrigin)value : SKEncodedOrigin.Default;
            }
        }

        return SKEncodedOrigin.Default;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
