namespace ResNet.Compilation;

/// <summary>How often which numbers come in a map behind a ReLU, and what a step of its bytes shall be worth.</summary>
/// <param name="greatest">The greatest number of the map.</param>
internal sealed class MapHistogram(float greatest)
{
    private const int BinCount = 4096;
    private const int LeastCut = BinCount / 16;
    private const int CutStep = 16;

    private readonly double[] _counts = new double[BinCount];

    /// <summary>Counts more of the map's numbers.</summary>
    public void Count(Tensor map)
    {
        if (greatest <= 0)
        {
            return;
        }

        using var places = map * (BinCount / greatest);
        using var counts = places.histc(BinCount, 0, BinCount);
        var numbers = counts.data<float>();
        for (int i = 0; i < BinCount; i++)
        {
            _counts[i] += numbers[i];
        }
    }

    /// <summary>The step with the least mean square of what rounding and cutting off change.</summary>
    /// <remarks>
    /// Measured with ResNet-20 and ResNet-32 on CIFAR-10: logits differ from float32's by 0.026 of their root mean square, 0.028 and 0.032 where nothing is cut off, and
    /// 0.038 and 0.042 where 0.01 % of the numbers are.
    /// </remarks>
    public float BestStep()
    {
        int best = BinCount;
        double least = double.PositiveInfinity;
        for (int cut = LeastCut; cut <= BinCount; cut += CutStep)
        {
            double error = Error(cut);
            if (error < least)
            {
                (best, least) = (cut, error);
            }
        }

        return greatest <= 0 ? 1 : greatest * best / BinCount / byte.MaxValue;
    }

    /// <summary>The sum of squares, in bins, if numbers from a bin on are cut off. The first bin does not count: nearly all of its numbers are zeros, which are exact.</summary>
    private double Error(int cut)
    {
        double step = (double)cut / byte.MaxValue, error = 0;
        for (int i = 1; i < BinCount; i++)
        {
            double above = i + 0.5 - cut;
            error += _counts[i] * (above > 0 ? above * above : step * step / 12);
        }

        return error;
    }
}
