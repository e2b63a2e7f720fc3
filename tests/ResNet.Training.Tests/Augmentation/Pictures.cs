using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

/// <summary>Small pictures for transforms, and what the transforms make of them.</summary>
internal static class Pictures
{
    /// <summary>The picture that was given to torchvision for the numbers in these tests: byte i is (31 i i + 57 i + 91 (i // 7)) % 256.</summary>
    public static RgbImage Reference(int width = 5, int height = 4) =>
        new(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)((31 * i * i) + (57 * i) + (91 * (i / 7))))]);

    public static RgbImage Plain(int width, int height, byte red, byte green, byte blue) =>
        new(width, height, [.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, green, blue })]);

    /// <summary>A picture whose pixels are numbered from 1, row by row.</summary>
    public static RgbImage Numbered(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)(1 + (i / 3)))]);

    public static ImageCanvas Canvas(RgbImage image)
    {
        var canvas = new ImageCanvas();
        canvas.Load(image);
        return canvas;
    }

    public static byte[] After(RgbImage image, Action<ImageCanvas> change)
    {
        var canvas = Canvas(image);
        change(canvas);
        return canvas.Read().ToArray();
    }

    /// <summary>Pearson's statistic for counts that should all be equal; its mean is one less than their number.</summary>
    public static double ChiSquared(IReadOnlyCollection<int> counts)
    {
        double expected = counts.Average();
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
