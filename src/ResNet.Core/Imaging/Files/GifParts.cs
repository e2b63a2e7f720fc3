namespace ResNet.Imaging;

/// <summary>The blocks of a GIF before its first frame.</summary>
internal static class GifParts
{
    private const int ScreenDescriptorEnd = 13;
    private const byte Extension = 0x21;

    /// <summary>Colours of a frame, and indices before they become colours.</summary>
    private const double BytesPerPixel = 5;

    public static ImageFileParts Read(ref ByteScanner file, string name, CancellationToken cancellationToken)
    {
        file.Position = 10;
        int flags = file.ReadByte();
        long start = ScreenDescriptorEnd + (flags >= 0 && (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0);
        for (file.Position = start; file.ReadByte() == Extension;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = file.ReadByte();
            for (int length = file.ReadByte(); length > 0; length = file.ReadByte())
            {
                file.Position += length;
            }
        }

        ImageFileParts.EnsureFewOutsidePixels(Math.Min(file.Position, file.Length) - start, name);
        return new ImageFileParts { Format = ImageFileFormat.Gif, CodecBytesPerPixel = BytesPerPixel };
    }
}
