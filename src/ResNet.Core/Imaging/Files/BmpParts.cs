namespace ResNet.Imaging;

/// <summary>The header of a BMP, which has little besides pixels.</summary>
internal static class BmpParts
{
    private const int CompressionPosition = 30;

    /// <summary>Compressed ones are not read row by row.</summary>
    private const double CompressedBytesPerPixel = 4;

    public static ImageFileParts Read(ref ByteScanner file)
    {
        file.Position = CompressionPosition;
        return new ImageFileParts { Format = ImageFileFormat.Bmp, CodecBytesPerPixel = file.ReadByte() is 1 or 2 or 4 ? CompressedBytesPerPixel : 0 };
    }
}
