using System.Runtime.CompilerServices;

namespace ResNet.Imaging;

/// <summary>
/// The 256 possible results of a normalization, for each channel: exact, and cheaper than the arithmetic. A mean at each pixel has no table,
/// and is computed.
/// </summary>
internal sealed class NormalizationTable
{
    private readonly float[] _red;
    private readonly float[] _green;
    private readonly float[] _blue;
    private readonly Normalization _normalization;

    public NormalizationTable(Normalization normalization)
    {
        _normalization = normalization;
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

        if (_normalization.PixelMean is { } mean && mean.Width == image.Width && mean.Height == image.Height)
        {
            WriteCentred(destination, image, mean, mirrored);
            return;
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

    /// <summary>The mean belongs to the picture as it is stored, so it is subtracted before mirroring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteCentred(Span<float> destination, RgbImage image, PixelMean mean, bool mirrored)
    {
        ReadOnlySpan<float> means = mean.Values.Span;
        int plane = image.Width * image.Height;
        for (int channel = 0; channel < 3; channel++)
        {
            float deviation = _normalization.StdDev[channel];
            for (int y = 0; y < image.Height; y++)
            {
                Span<float> target = destination.Slice((channel * plane) + (y * image.Width), image.Width);
                ReadOnlySpan<byte> row = image.Row(y);
                ReadOnlySpan<float> rowMeans = means.Slice(3 * y * image.Width, 3 * image.Width);
                for (int x = 0; x < target.Length; x++)
                {
                    int from = (3 * (mirrored ? target.Length - 1 - x : x)) + channel;
                    target[x] = ((row[from] / 255f) - rowMeans[from]) / deviation;
                }
            }
        }
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
