using System.Buffers;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A copy of a picture in float32 with a border around it, in rented memory.</summary>
internal readonly ref struct PaddedPixels
{
    private readonly float[] _values;
    private readonly int _padding;

    /// <summary>Copies a picture.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="padding">Pixels added on each side.</param>
    /// <param name="border">What they are.</param>
    public PaddedPixels(ImageCanvas canvas, int padding, Border border)
    {
        var (width, height) = (canvas.Width, canvas.Height);
        ReadOnlySpan<byte> pixels = canvas.Read();
        _padding = padding;
        Stride = 3 * (width + (2 * padding));
        _values = ArrayPool<float>.Shared.Rent(checked(Stride * (height + (2 * padding))));
        for (int y = -padding; y < height + padding; y++)
        {
            ReadOnlySpan<byte> from = pixels.Slice(3 * width * Within(y, height, border), 3 * width);
            Span<float> row = _values.AsSpan((y + padding) * Stride, Stride);
            for (int i = 0; i < from.Length; i++)
            {
                row[(3 * padding) + i] = from[i];
            }

            for (int x = 0; x < padding; x++)
            {
                Copy(from[(3 * Within(x - padding, width, border))..], row[(3 * x)..]);
                Copy(from[(3 * Within(width + x, width, border))..], row[(3 * (padding + width + x))..]);
            }
        }
    }

    /// <summary>Numbers in a row.</summary>
    public int Stride { get; }

    /// <summary>A row with its padding.</summary>
    /// <param name="y">Its number in the picture; in the border it is negative, or the height and more.</param>
    public ReadOnlySpan<float> Row(int y) => _values.AsSpan((y + _padding) * Stride, Stride);

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);

    private static int Within(int i, int length, Border border)
    {
        if (border == Border.Repeated || length == 1)
        {
            return Math.Clamp(i, 0, length - 1);
        }

        // There and back again; a border may be wider than the picture.
        int period = 2 * (length - 1);
        int at = ((i % period) + period) % period;
        return Math.Min(at, period - at);
    }

    private static void Copy(ReadOnlySpan<byte> pixel, Span<float> target)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            target[channel] = pixel[channel];
        }
    }
}
