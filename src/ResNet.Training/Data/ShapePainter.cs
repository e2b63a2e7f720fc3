using System.Runtime.CompilerServices;
using ResNet.Imaging;
using SkiaSharp;

namespace ResNet.Training;

/// <summary>
/// Paints one picture. Skia draws only the coverage of the shape; background, colours and noise are plain arithmetic without transcendental
/// functions, so that they come out the same on every processor.
/// </summary>
internal static class ShapePainter
{
    private const double SmallestRadius = 0.30;
    private const double LargestRadius = 0.42;
    private const int StrongestNoise = 48;

    public static RgbImage Paint(ShapeKind kind, int size, SampleRandom random)
    {
        var palette = ShapePalette.Draw(random);
        var texture = ShapeTexture.Draw(size, random);
        int noise = random.Next(StrongestNoise + 1);
        byte[] pixels = RgbImage.NewPixels(size, size);
        using SKBitmap coverage = Cover(kind, size, random);
        ReadOnlySpan<byte> covered = coverage.GetPixelSpan();
        for (int y = 0, at = 0; y < size; y++)
        {
            ReadOnlySpan<byte> row = covered.Slice(y * coverage.RowBytes, size);
            for (int x = 0; x < size; x++, at += 3)
            {
                int share = texture.ShareAt(x, y);
                ulong bits = random.NextUInt64();
                pixels[at] = Mix(palette.First.R, palette.Second.R, palette.Shape.R, share, row[x], Noise(bits, noise));
                pixels[at + 1] = Mix(palette.First.G, palette.Second.G, palette.Shape.G, share, row[x], Noise(bits >> 16, noise));
                pixels[at + 2] = Mix(palette.First.B, palette.Second.B, palette.Shape.B, share, row[x], Noise(bits >> 32, noise));
            }
        }

        return new RgbImage(size, size, pixels);
    }

    private static SKBitmap Cover(ShapeKind kind, int size, SampleRandom random)
    {
        double radius = size * Between(random, SmallestRadius, LargestRadius);
        (double cos, double sin) = Direction(random);
        double wide = radius * Between(random, 0.9, 1.0);
        double high = radius * Between(random, 0.9, 1.0);
        float x = (float)Between(random, radius, size - radius);
        float y = (float)Between(random, radius, size - radius);
        var matrix = new SKMatrix(
            (float)(wide * cos), (float)(-high * sin), x,
            (float)(wide * sin), (float)(high * cos), y,
            0, 0, 1);
        var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Alpha8, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        using SKPath outline = ShapeOutline.Of(kind);
        canvas.SetMatrix(in matrix);
        canvas.DrawPath(outline, paint);
        return bitmap;
    }

    /// <summary>A direction of which all are equally likely, without sine and cosine: a point of the disc, moved to its rim.</summary>
    internal static (double Cos, double Sin) Direction(SampleRandom random)
    {
        while (true)
        {
            double x = Between(random, -1, 1);
            double y = Between(random, -1, 1);
            double square = (x * x) + (y * y);
            if (square is > 0.01 and <= 1)
            {
                double length = Math.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }

    internal static double Between(SampleRandom random, double low, double high) => low + ((high - low) * random.NextDouble());

    // Two bytes of noise added: a triangle about zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Noise(ulong bits, int strength) => (((int)(bits & 255) + (int)((bits >> 8) & 255) - 255) * strength) >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Mix(int first, int second, int shape, int share, int cover, int noise)
    {
        int ground = (first << 8) + ((second - first) * share);
        int mixed = ground + ((((shape << 8) - ground) * cover) / 255);
        return (byte)Math.Clamp((mixed >> 8) + noise, 0, 255);
    }
}
