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
    public void Write(Span<float> destination, RgbImage image, bool mirrored = false) =>
        Write(destination, PixelRows.Of(image), new PixelWindow(0, 0, image.Width, image.Height), mirrored, channelsLast: false);

    /// <summary>Writes the numbers of a window of a picture.</summary>
    /// <param name="destination">Exactly 3 numbers a pixel of the window.</param>
    /// <param name="source">The picture.</param>
    /// <param name="window">What of it is shown; what lies outside of the picture is padded.</param>
    /// <param name="mirrored">Whether left and right are exchanged, after everything else.</param>
    /// <param name="channelsLast">Whether the channels of a pixel lie together, instead of in planes.</param>
    public void Write(Span<float> destination, PixelRows source, PixelWindow window, bool mirrored, bool channelsLast)
    {
        int plane = window.Width * window.Height;
        if (destination.Length != 3 * plane)
        {
            throw new ArgumentException(
                $"A picture of {window.Width}x{window.Height} takes {3 * plane} numbers, but there is room for {destination.Length}.", nameof(destination));
        }

        var mean = MeanFor(source, window, out int meanX, out int meanY);
        int left = Math.Clamp(-window.X, 0, window.Width);
        int count = Math.Clamp(source.Width - window.X, left, window.Width) - left;

        // The window's columns from left to right, or from right to left; in planes or pixel by pixel.
        int columnStep = channelsLast ? 3 : 1;
        int channelStep = channelsLast ? 1 : plane;
        int first = mirrored ? (window.Width - 1 - left) * columnStep : left * columnStep;
        int step = mirrored ? -columnStep : columnStep;
        for (int y = 0; y < window.Height; y++)
        {
            int row = y * window.Width * columnStep;
            int from = y + window.Y;
            bool isInside = from >= 0 && from < source.Height && count > 0;
            if (!isInside || count < window.Width)
            {
                Pad(destination, row, window.Width * columnStep, channelStep, channelsLast);
            }

            if (!isInside)
            {
                continue;
            }

            var pixels = source.Row(from).Slice(3 * (window.X + left), 3 * count);
            if (mean is null)
            {
                WriteRow(pixels, destination, row + first, step, channelStep);
            }
            else
            {
                var means = mean.Values.Span.Slice(3 * (((from - meanY) * mean.Width) + window.X + left - meanX), 3 * count);
                WriteCentred(pixels, means, destination, row + first, step, channelStep);
            }
        }
    }

    /// <summary>The mean at each pixel, where it has the size of the picture or of the window; the corner is where it lies on the picture.</summary>
    private PixelMean? MeanFor(PixelRows source, PixelWindow window, out int x, out int y)
    {
        (x, y) = (0, 0);
        if (_normalization.PixelMean is not { } mean || (mean.Width, mean.Height) == (source.Width, source.Height))
        {
            return _normalization.PixelMean;
        }

        (x, y) = (window.X, window.Y);
        return (mean.Width, mean.Height) == (window.Width, window.Height) ? mean : null;
    }

    /// <summary>Black, or, where a mean at each pixel was subtracted first as in the paper, zero.</summary>
    private void Pad(Span<float> destination, int row, int length, int channelStep, bool channelsLast)
    {
        bool zero = _normalization.PixelMean is not null;
        (float red, float green, float blue) = zero ? (0f, 0f, 0f) : (_red[0], _green[0], _blue[0]);
        if (!channelsLast)
        {
            destination.Slice(row, length).Fill(red);
            destination.Slice(row + channelStep, length).Fill(green);
            destination.Slice(row + (2 * channelStep), length).Fill(blue);
            return;
        }

        for (int i = row; i < row + length; i += 3)
        {
            (destination[i], destination[i + 1], destination[i + 2]) = (red, green, blue);
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
    private void WriteCentred(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> means, Span<float> destination, int at, int step, int channelStep)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            float deviation = _normalization.StdDev[channel];
            for (int from = channel, to = at + (channel * channelStep); from < pixels.Length; from += 3, to += step)
            {
                destination[to] = ((pixels[from] / 255f) - means[from]) / deviation;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRow(ReadOnlySpan<byte> pixels, Span<float> destination, int at, int step, int channelStep)
    {
        float[] redTable = _red, greenTable = _green, blueTable = _blue;
        int green = channelStep, blue = 2 * channelStep;
        for (int from = 0, to = at; from + 2 < pixels.Length; from += 3, to += step)
        {
            destination[to] = redTable[pixels[from]];
            destination[to + green] = greenTable[pixels[from + 1]];
            destination[to + blue] = blueTable[pixels[from + 2]];
        }
    }
}
