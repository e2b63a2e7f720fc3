using System.Buffers.Binary;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>Reads the EXIF orientation of a PNG file, which the codec leaves out. Whatever is damaged means: as stored.</summary>
internal static class PngOrientation
{
    private const ushort OrientationTag = 0x0112;

    /// <summary>Reads what the chunk named eXIf says, where there is one.</summary>
    public static SKEncodedOrigin Read(Stream png, (long Start, int Length)? exif)
    {
        if (exif is not (var start, var length))
        {
            return SKEncodedOrigin.Default;
        }

        png.Position = start;
        byte[] tiff = new byte[length];
        return Parse(tiff.AsSpan(0, png.ReadAtLeast(tiff, length, throwOnEndOfStream: false)));
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
