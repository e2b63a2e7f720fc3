namespace ResNet.Training;

/// <summary>What a report of an evaluation says beside the numbers: which network was tested, on what.</summary>
public sealed record EvaluationSetup
{
    /// <summary>Where the weights come from: a file or a name.</summary>
    public required string Weights { get; init; }

    /// <summary>The network.</summary>
    public required ResNetOptions Network { get; init; }

    /// <summary>Where the pictures come from: a folder or a name.</summary>
    public required string Data { get; init; }

    /// <summary>What it ran on, such as "cpu" or "cuda:0".</summary>
    /// <value>Default: null, not said.</value>
    public string? Device { get; init; }

    /// <summary>How long the evaluation took.</summary>
    /// <value>Default: null, not said.</value>
    public TimeSpan? Duration { get; init; }

    /// <summary>When it was done.</summary>
    /// <value>Default: now.</value>
    public DateTimeOffset Date { get; init; } = DateTimeOffset.Now;

    /// <summary>How many of the most confident mistakes are shown.</summary>
    /// <value>0 to 200. Default: 24.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0 or more than 200: the page would be too large to open.</exception>
    public int MistakeCount
    {
        get;
        init => field = value is >= 0 and <= 200 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MistakeCount must be 0 to 200.");
    } = 24;

    /// <summary>Pictures and folders that were left out before the evaluation began.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<DataFault> Faults { get; init; } = [];

    /// <summary>Which images the network had seen in training, and whether they were left out.</summary>
    /// <value>Default: null, it is not known what the network was trained on.</value>
    public SeenImages? Seen { get; init; }
}
