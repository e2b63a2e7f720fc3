namespace ResNet.Weights;

/// <summary>How weights are loaded into a model.</summary>
public sealed record WeightsLoadOptions
{
    /// <summary>The defaults of every property.</summary>
    public static WeightsLoadOptions Default { get; } = new();

    /// <summary>
    /// Whether any difference between file and model is an error. Otherwise what fits is loaded, and the report lists the rest;
    /// that nothing fits, or that the file says to be of another kind of network, is an error even then.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Strict { get; init; } = true;

    /// <summary>Whether the classifier (<c>fc</c>) keeps its weights, for a model of other classes than the file's (fine-tuning).</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool SkipClassifier { get; init; }
}
