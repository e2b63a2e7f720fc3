using System.Runtime.CompilerServices;

namespace ResNet.Imaging;

/// <summary>The 256 possible results of a normalization, for each channel: exact, and cheaper than the arithmetic.</summary>
internal sealed class NormalizationTable
{
    private readonly float[] _red;
    private readonly float[] _green;
    private readonly float[] _blue;

    public NormalizationTable(Normalization normalization)
    {
        _red = Channel(normalization, 0);
        _green = Channel(normalization, 1);
        _blue = Channel(normalization, 2);
    }

    /// <summary>Writes the red, the green and the blue plane of a picture.</summary>
    public void Write(Span<float> destination, RgbImage image, bool mirrored = false)
    {
        int plane = image.Width * image.Height;
        if (destination.Length != 3 * plane)
        {
            throw new ArgumentException(
                $"A picture of {image.Width}x{image.Height} takes {3 * plane} numbers, but there is room for {destination.Length}.",
                nameof(destination));
        }

        for (int y = 0; y < image.Height; y++)
        {
            int start = y * image.Width;
            WriteRow(
                image.Row(y),
                destination.Slice(start, image.Width),
                destination.Slice(plane + start, image.Width),
                destination.Slice((2 * plane) + start, image.Width),
                mirrored);
        }
    }

    private static float[] Channel(Normalization normalization, int channel)
    {
        var table = new float[256];
        for (int value = 0; value < table.Length; value++)
        {
            table[value] = ((value / 255f) - normalization.Mean[channel]) / normalization.StdDev[channel];
        }

        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRow(ReadOnlySpan<byte> row, Span<float> red, Span<float> green, Span<float> blue, bool mirrored)
    {
        float[] redTable = _red, greenTable = _green, blueTable = _blue;
        green = green[..red.Length];
        blue = blue[..red.Length];
        for (int x = 0; x < red.Length; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(3 * (mirrored ? red.Length - 1 - x : x), 3);
            red[x] = redTable[pixel[0]];
            green[x] = greenTable[pixel[1]];
            blue[x] = blueTable[pixel[2]];
        }
    }
}
