using ResNet.Analysis;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A picture with what a network looks at laid over it in colour.</summary>
public static class HeatOverlay
{
    /// <summary>So long at least is the longer side of what is drawn: a map on 32 pixels cannot be made out.</summary>
    private const int SmallestSide = 256;
    private const float ShareOfColor = 0.55f;

    /// <summary>Draws the map over its picture. Small pictures are enlarged by a whole number without smoothing, the map with it.</summary>
    /// <param name="picture">The picture as the network saw it, before normalisation: as large as the map.</param>
    /// <param name="map">The map; 0 is dark violet, 1 light yellow.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentException">Picture and map differ in size.</exception>
    public static RgbImage Draw(RgbImage picture, ClassActivationMap map)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(map);
        if ((picture.Width, picture.Height) != (map.Width, map.Height))
        {
            throw new ArgumentException(
                Invariant($"The picture is {picture.Width}x{picture.Height}, but the map {map.Width}x{map.Height}; give the crop that the network saw."), nameof(picture));
        }

        var large = Enlarge(picture);
        int times = large.Width / picture.Width;
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
            {
                var (red, green, blue) = HeatColors.Of(Sample(map, (x + 0.5f) / times, (y + 0.5f) / times));
                var pixel = large.Pixels.AsSpan(3 * ((y * large.Width) + x), 3);
                (pixel[0], pixel[1], pixel[2]) = (Mix(pixel[0], red), Mix(pixel[1], green), Mix(pixel[2], blue));
            }
        }

        return large;
    }

    /// <summary>Enlarges a small picture by a whole number without smoothing, so that it can be looked at; a large one is copied.</summary>
    /// <param name="picture">The picture.</param>
    /// <returns>A new picture.</returns>
    public static RgbImage Enlarge(RgbImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int longer = Math.Max(picture.Width, picture.Height);
        int times = (SmallestSide + longer - 1) / longer;
        int width = picture.Width * times, height = picture.Height * times;
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                picture.Pixels.AsSpan(3 * ((y / times * picture.Width) + (x / times)), 3).CopyTo(pixels.AsSpan(3 * ((y * width) + x), 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static byte Mix(byte picture, byte color) => (byte)Math.Round(((1 - ShareOfColor) * picture) + (ShareOfColor * color));

    /// <summary>The map between the middles of its pixels, bilinear.</summary>
    private static float Sample(ClassActivationMap map, float x, float y)
    {
        float left = Math.Clamp(x - 0.5f, 0, map.Width - 1), top = Math.Clamp(y - 0.5f, 0, map.Height - 1);
        int x0 = (int)left, y0 = (int)top, x1 = Math.Min(x0 + 1, map.Width - 1), y1 = Math.Min(y0 + 1, map.Height - 1);
        float At(int column, int row) => map.Values[(row * map.Width) + column];

        float upper = float.Lerp(At(x0, y0), At(x1, y0), left - x0), lower = float.Lerp(At(x0, y1), At(x1, y1), left - x0);
        return float.Lerp(upper, lower, top - y0);
    }
}
