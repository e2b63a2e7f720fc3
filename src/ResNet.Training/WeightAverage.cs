namespace ResNet.Training;

/// <summary>
/// An exponential moving average of the weights and of the statistics of batch normalisation. Validation, <c>best.safetensors</c> and
/// <c>last.safetensors</c> then take the average; training goes on with the weights themselves.
/// </summary>
public sealed record WeightAverage
{
    /// <summary>What is kept of the average at each update.</summary>
    /// <value>Above 0 and below 1. Default: 0.999. The first updates keep less, (1 + n) / (10 + n) at update n, so that the fresh weights are soon forgotten.</value>
    public double Decay { get; init; } = 0.999;

    /// <summary>Iterations from one update to the next.</summary>
    /// <value>1 or more. Default: 1.</value>
    public int EveryIterations { get; init; } = 1;

    /// <summary>Lists everything that is wrong with these settings.</summary>
    /// <returns>One sentence a fault; empty when they can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!(Decay > 0 && Decay < 1))
        {
            faults.Add(Invariant($"WeightAverage.Decay is {Decay}; it must be above 0 and below 1."));
        }

        if (EveryIterations < 1)
        {
            faults.Add(Invariant($"WeightAverage.EveryIterations is {EveryIterations}; it must be 1 or more."));
        }

        return faults;
    }
}
