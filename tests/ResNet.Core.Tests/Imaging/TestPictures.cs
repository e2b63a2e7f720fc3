namespace ResNet.Imaging;

internal static class TestPictures
{
    /// <summary>Byte i of the pixels is (7 i² + 31 i + 5) mod 251: no two neighbours alike, and easy to make elsewhere.</summary>
    public static RgbImage Patterned(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (long i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(((i * i * 7) + (i * 31) + 5) % 251);
        }

        return new RgbImage(width, height, pixels);
    }

    public static RgbImage Flat(int width, int height, byte value)
    {
        var pixels = new byte[3 * width * height];
        Array.Fill(pixels, value);
        return new RgbImage(width, height, pixels);
    }
}
