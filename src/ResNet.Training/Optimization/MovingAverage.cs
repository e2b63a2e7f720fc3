using TorchSharp;

namespace ResNet.Training;

/// <summary>Keeps the average of a <see cref="WeightAverage"/> and puts it in the place of the weights while they are validated and saved.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly WeightAverage _options;
    private readonly Tensor[] _sources;

    /// <summary>Begins an average of the given tensors, which it starts as.</summary>
    public MovingAverage(WeightAverage options, params Tensor[] sources)
    {
        _options = options;
        _sources = sources;
        Averages = [.. sources.Select(source => source.clone().DetachFromDisposeScope())];
    }

    public IReadOnlyList<Tensor> Averages { get; }

    /// <summary>Updates done.</summary>
    public int Count { get; set; }

    public void AfterIteration(int iteration)
    {
        if (iteration % _options.EveryIterations != 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Count++;
        double kept = Math.Min(_options.Decay, (1.0 + Count) / (10 + Count));
        for (int i = 0; i < _sources.Length; i++)
        {
            Averages[i].mul_(kept).add_(_sources[i], alpha: 1 - kept);
        }
    }

    /// <summary>Exchanges weights and average, in place; the second call undoes the first.</summary>
    public void Exchange()
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        for (int i = 0; i < _sources.Length; i++)
        {
            var kept = _sources[i].clone();
            _sources[i].copy_(Averages[i]);
            Averages[i].copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach (var average in Averages)
        {
            average.Dispose();
        }
    }
}
