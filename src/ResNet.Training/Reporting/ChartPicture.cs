using ResNet.Imaging;
using ScottPlot;

namespace ResNet.Training;

/// <summary>Charts as pictures, and several of them as one.</summary>
internal static class ChartPicture
{
    public static RgbImage Of(Plot plot, int width, int height)
    {
        using var bytes = new MemoryStream(plot.GetImageBytes(width, height, ImageFormat.Png));
        return ImageDecoder.Decode(bytes, "the chart");
    }

    /// <summary>Puts a picture below another one of the same width.</summary>
    public static RgbImage Stack(RgbImage above, RgbImage below) => new(above.Width, above.Height + below.Height, [.. above.Pixels, .. below.Pixels]);

    /// <summary>Puts pictures of the same height beside one another.</summary>
    public static RgbImage Beside(IReadOnlyList<RgbImage> pictures)
    {
        int width = pictures.Sum(picture => picture.Width), height = pictures[0].Height;
        byte[] pixels = new byte[3 * width * height];
        int x = 0;
        foreach (var picture in pictures)
        {
            for (int y = 0; y < height; y++)
            {
                picture.Row(y).CopyTo(pixels.AsSpan(3 * ((y * width) + x)));
            }

            x += picture.Width;
        }

        return new RgbImage(width, height, pixels);
    }
}
