namespace ResNet.Training;

/// <summary>How two background colours are mixed over a picture: gradient, stripes, checks or blobs.</summary>
internal readonly struct ShapeTexture
{
    private const int BlobCount = 4;
    private const int KindCount = 4;

    private readonly int _kind;
    private readonly double _cos;
    private readonly double _sin;
    private readonly double _offset;
    private readonly double _scale;
    private readonly Blobs _blobs;

    private ShapeTexture(int size, SampleRandom random)
    {
        _kind = random.Next(KindCount);
        (_cos, _sin) = ShapePainter.Direction(random);
        _offset = size * ShapePainter.Between(random, 2, 3);
        _scale = 1 / (size * ShapePainter.Between(random, 0.1, 0.3));
        for (int i = 0; i < BlobCount; i++)
        {
            _blobs[i] = (size * random.NextDouble(), size * random.NextDouble());
        }

        if (_kind == 0)
        {
            _offset = -0.5 * size * (_cos + _sin);
            _scale = 1 / (1.2 * size);
        }
    }

    public static ShapeTexture Draw(int size, SampleRandom random) => new(size, random);

    /// <summary>The share of the second colour at a pixel, 0 to 256.</summary>
    public int ShareAt(int x, int y)
    {
        double along = ((x * _cos) + (y * _sin) + _offset) * _scale;
        return _kind switch
        {
            0 => (int)(256 * Math.Clamp(along + 0.5, 0, 1)),
            1 => ((int)along & 1) << 8,
            2 => (((int)along + (int)(((y * _cos) - (x * _sin) + _offset) * _scale)) & 1) << 8,
            _ => (int)(256 * BlobsAt(x, y)),
        };
    }

    private double BlobsAt(int x, int y)
    {
        double sum = 0;
        for (int i = 0; i < BlobCount; i++)
        {
            double right = (x - _blobs[i].X) * _scale;
            double down = (y - _blobs[i].Y) * _scale;
            double fall = 1 + (right * right) + (down * down);
            sum += 1 / (fall * fall);
        }

        return Math.Min(1, sum);
    }

    [System.Runtime.CompilerServices.InlineArray(BlobCount)]
    private struct Blobs
    {
        private (double X, double Y) _first;
    }
}
