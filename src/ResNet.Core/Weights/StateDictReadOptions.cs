namespace ResNet.Weights;

/// <summary>How a file of weights is read.</summary>
public sealed record StateDictReadOptions
{
    /// <summary>The defaults of every property.</summary>
    public static StateDictReadOptions Default { get; } = new();

    /// <summary>
    /// Whether Python objects that weights are not made of (<c>argparse.Namespace</c>, numpy numbers) may be in a PyTorch file. Nothing is
    /// ever executed: they become inert placeholders, which <see cref="StateDictFile.Placeholders"/> lists.
    /// </summary>
    /// <value>Default: <see langword="false"/>, such a file is refused.</value>
    public bool AllowUnknownGlobals { get; init; }

    /// <summary>
    /// Where in a PyTorch checkpoint the weights are: the keys that lead to them, separated by dots, such as "model_ema".
    /// </summary>
    /// <value>Default: null; the weights are the file's dictionary itself, or what lies under a usual key such as "state_dict" or "model".</value>
    public string? Root { get; init; }
}
