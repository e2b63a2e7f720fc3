using SkiaSharp;

namespace ResNet.TestSupport.Images;

/// <summary>Good image files that mutants are made of: every format, and what codecs treat apart.</summary>
public static class ImageSeeds
{
    private const int Width = 150;
    private const int Height = 100;

    /// <summary>Small ones, and some of so many rows that codecs hand them out in parts.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        .. SamplePictures.All.Select(sample => (sample.Key, sample.Value.File)),
        ("jpeg, larger", Encoded(SKEncodedImageFormat.Jpeg, 80)),
        ("png, larger", Encoded(SKEncodedImageFormat.Png, 100)),
        ("webp, lossy, larger", Encoded(SKEncodedImageFormat.Webp, 80)),
        ("webp, lossless, larger", Encoded(SKEncodedImageFormat.Webp, 100)),
        ("png, 16 bit", Png(16, isInterlaced: false)),
        ("png, interlaced", Png(8, isInterlaced: true)),
        ("bmp, compressed", CompressedBmp()),
    ];

    private static byte[] Encoded(SKEncodedImageFormat format, int quality)
    {
        using var bitmap = new SKBitmap(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(x + y), (byte)(x * y / 7), (byte)(3 * y), (byte)(format == SKEncodedImageFormat.Jpeg ? 255 : 255 - x)));
            }
        }

        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private static byte[] Png(int bitDepth, bool isInterlaced)
    {
        using var png = new PngBuilder(20, 13, (byte)bitDepth, colorType: 2, isInterlaced);
        (int X, int Y, int AcrossStep, int DownStep)[] passes = isInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        return png.Chunk("gAMA"u8, [0, 0, 177, 143]).Chunk("tEXt"u8, "Title\0pattern"u8).Rows(passes.SelectMany(pass => Rows(pass, 3 * bitDepth / 8))).End();
    }

    private static IEnumerable<byte[]> Rows((int X, int Y, int AcrossStep, int DownStep) pass, int pixelBytes)
    {
        int length = (20 - pass.X + pass.AcrossStep - 1) / pass.AcrossStep * pixelBytes;
        for (int y = pass.Y; y < 13; y += pass.DownStep)
        {
            yield return [(byte)(y % 5), .. Enumerable.Range(0, length).Select(i => (byte)((7 * i) + y))];
        }
    }

    /// <summary>Runs, single pixels, the end of a row, a jump, and the end.</summary>
    private static byte[] CompressedBmp()
    {
        byte[] runs = [5, 1, 0, 3, 2, 3, 4, 0, 0, 0, 8, 2, 0, 0, 0, 2, 2, 1, 4, 3, 0, 0, 0, 1];
        byte[] palette = [.. Enumerable.Range(0, 8).SelectMany(i => new byte[] { (byte)(30 * i), (byte)(9 * i), (byte)(200 - i), 0 })];
        const int Headers = 14 + 40;
        int offset = Headers + palette.Length;
        return
        [
            .. "BM"u8, .. BitConverter.GetBytes(offset + runs.Length), 0, 0, 0, 0, .. BitConverter.GetBytes(offset),
            40, 0, 0, 0, 8, 0, 0, 0, 4, 0, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(runs.Length), 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0,
            .. palette, .. runs,
        ];
    }
}
