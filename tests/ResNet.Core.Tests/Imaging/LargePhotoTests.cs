using ResNet.TestSupport.Images;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>50 megapixels as a file, and how much memory reading it takes at the most, in a process that has read a small one.</summary>
public sealed class LargePhotoTests
{
    private const int Width = 8660;
    private const int Height = 5774;
    private const long Allowed = 300_000_000;

    [SkippableFact]
    public void A_jpeg_of_50_megapixels_takes_at_most_300_MB()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque));
        bitmap.GetPixelSpan().Fill(100);
        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        byte[] file = jpeg.ToArray();
        MemoryTaken(() => ImageDecoder.Decode(file, "large.jpg")).Should().BeLessThan(Allowed);
    }

    [SkippableFact]
    public void A_png_of_50_megapixels_takes_at_most_300_MB_and_every_strip_is_right()
    {
        static byte[] Row(int y) => [0, .. Enumerable.Repeat((byte)(y * 7), 3 * Width)];
        using var png = new PngBuilder(Width, Height, bitDepth: 8, colorType: 2);
        byte[] file = png.Rows(Enumerable.Range(0, Height).Select(Row)).End();
        RgbImage? picture = null;
        MemoryTaken(() => picture = ImageDecoder.Decode(file, "large.png")).Should().BeLessThan(Allowed);
        for (int y = 0; y < Height; y++)
        {
            picture!.Row(y).ContainsAnyExcept((byte)(y * 7)).Should().BeFalse();
        }
    }

    private static long MemoryTaken(Action action)
    {
        const string Reset = "/proc/self/clear_refs";
        Skip.IfNot(File.Exists(Reset), "only Linux tells a process the peak of its memory");
        ImageDecoder.Decode(SamplePictures.All["jpeg"].File, "small.jpg");
        File.WriteAllText(Reset, "5");
        long before = Peak();
        action();
        return Peak() - before;
    }

    private static long Peak()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }
}
