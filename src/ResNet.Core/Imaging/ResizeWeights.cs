namespace ResNet.Imaging;

/// <summary>
/// For each output position of one axis: which source positions it averages, and their weights in fixed point with
/// <see cref="FractionBits"/> bits. Pillow's bounds and rounding, so that results are equal to the byte.
/// </summary>
internal sealed class ResizeWeights
{
    /// <summary>32 bits of the sum, less 8 of a pixel, less 2 for the overshoot and the sign of the cubic filter.</summary>
    public const int FractionBits = 32 - 8 - 2;

    /// <summary>One half: sums start with it, so that the shift rounds.</summary>
    public const int Half = 1 << (FractionBits - 1);

    private int[] _starts = [];
    private int[] _counts = [];
    private int[] _weights = [];

    /// <summary>Computes the weights of the output positions <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/>
    /// when <paramref name="sourceSize"/> pixels become <paramref name="targetSize"/>.</summary>
    public void Compute(int sourceSize, int targetSize, int first, int count, ResizeFilter filter)
    {
        double radius = filter switch
        {
            ResizeFilter.Bilinear => 1.0,
            ResizeFilter.Bicubic => 2.0,
            ResizeFilter.Box => 0.5,
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "The filter must be Bilinear, Bicubic or Box."),
        };
        double scale = (double)sourceSize / targetSize;
        double stretch = Math.Max(scale, 1.0);
        double support = radius * stretch;
        MaxCount = Math.Min(sourceSize, ((int)Math.Ceiling(support) * 2) + 1);
        Length = count;
        if (_starts.Length < count)
        {
            (_starts, _counts) = (new int[count], new int[count]);
        }

        if (_weights.Length < checked(count * MaxCount))
        {
            _weights = new int[count * MaxCount];
        }

        Span<double> exact = MaxCount <= 256 ? stackalloc double[MaxCount] : new double[MaxCount];
        for (int i = 0; i < count; i++)
        {
            double center = (first + i + 0.5) * scale;
            int start = Math.Max(0, (int)(center - support + 0.5));
            int end = Math.Min(sourceSize, (int)(center + support + 0.5));
            Span<double> taps = exact[..(end - start)];
            double sum = 0;
            for (int t = 0; t < taps.Length; t++)
            {
                double x = (t + start - center + 0.5) * (1.0 / stretch);
                taps[t] = filter switch
                {
                    ResizeFilter.Bilinear => Triangle(x),
                    ResizeFilter.Bicubic => Cubic(x),
                    _ => Within(x),
                };
                sum += taps[t];
            }

            _starts[i] = start;
            _counts[i] = taps.Length;
            ToFixedPoint(taps, sum, _weights.AsSpan(i * MaxCount));
        }
    }

    /// <summary>The most source positions that one output position averages.</summary>
    public int MaxCount { get; private set; }

    /// <summary>How many output positions there are.</summary>
    public int Length { get; private set; }

    public int Start(int i) => _starts[i];

    public int End(int i) => _starts[i] + _counts[i];

    public ReadOnlySpan<int> Weights(int i) => _weights.AsSpan(i * MaxCount, _counts[i]);

    private static void ToFixedPoint(ReadOnlySpan<double> taps, double sum, Span<int> target)
    {
        for (int t = 0; t < taps.Length; t++)
        {
            double weight = (sum == 0 ? taps[t] : taps[t] / sum) * (1 << FractionBits);
            target[t] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
        }
    }

    private static double Triangle(double x) => Math.Max(0.0, 1.0 - Math.Abs(x));

    private static double Within(double x) => x is > -0.5 and <= 0.5 ? 1.0 : 0.0;

    /// <summary>Keys' cubic convolution with a = -1/2.</summary>
    private static double Cubic(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x switch
        {
            < 1.0 => ((((A + 2.0) * x) - (A + 3.0)) * x * x) + 1.0,
            < 2.0 => ((((x - 5.0) * x) + 8.0) * x - 4.0) * A,
            _ => 0.0,
        };
    }
}
