namespace ResNet.Imaging;

/// <summary>
/// A transparent index in a GIF loses its colour when decoded, while dropping alpha means to keep it. So the flag is taken out of the file
/// before it is decoded.
/// </summary>
internal static class GifTransparency
{
    private const int ScreenDescriptorEnd = 13;
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;

    public static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF8"u8);

    /// <summary>The same bytes if the first frame has no transparent colour; else a copy without it.</summary>
    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> bytes)
    {
        int position = IsGif(bytes) ? FindFlags(bytes) : -1;
        if (position < 0)
        {
            return bytes;
        }

        byte[] copy = bytes.ToArray();
        copy[position] &= 0xFE;
        return copy;
    }

    /// <summary>Walks the extensions before the first frame. Returns -1 if there is no graphic control extension with a transparent colour.</summary>
    private static int FindFlags(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ScreenDescriptorEnd)
        {
            return -1;
        }

        bool hasPalette = (bytes[10] & 0x80) != 0;
        int position = ScreenDescriptorEnd + (hasPalette ? 3 << ((bytes[10] & 7) + 1) : 0);
        while (position + 4 < bytes.Length && bytes[position] == Extension)
        {
            if (bytes[position + 1] == GraphicControl && (bytes[position + 3] & 1) != 0)
            {
                return position + 3;
            }

            for (position += 2; position < bytes.Length && bytes[position] != 0; position += bytes[position] + 1)
            {
            }

            position++;
        }

        return -1;
    }
}
