using TorchSharp;

namespace ResNet.Analysis;

/// <summary>Mean and standard deviation of values that come in parts and are not kept, in double precision.</summary>
internal sealed class RunningMoments
{
    private double _mean;
    private double _squares;

    public long Count { get; private set; }

    public double Mean => _mean;

    /// <summary>Of the values themselves, not an estimate for more of their kind.</summary>
    public double StandardDeviation => Math.Sqrt(_squares / Count);

    /// <summary>Takes in values. Squares are taken of their distance from their own mean: a mean far from zero costs no digits.</summary>
    public void Add(Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        var exact = values.detach().to(torch.float64);
        double mean = exact.mean().item<double>();
        double squares = (exact - mean).pow_(2).sum().item<double>();
        long count = values.numel();
        double distance = mean - _mean;
        long total = Count + count;
        _squares += squares + (distance * distance * Count * count / total);
        _mean += distance * count / total;
        Count = total;
    }
}
