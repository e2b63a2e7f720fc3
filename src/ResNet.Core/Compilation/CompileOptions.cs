namespace ResNet.Compilation;

/// <summary>How a network is compiled for inference.</summary>
public sealed record CompileOptions
{
    private const int MaxThreads = 1024;

    /// <summary>The numbers it computes in.</summary>
    /// <value>Default: <see cref="CompilePrecision.Float32"/>.</value>
    public CompilePrecision Precision { get; init; } = CompilePrecision.Float32;

    /// <summary>Threads of a forward pass, 1 to 1024.</summary>
    /// <value>Default: null, as many as torch uses.</value>
    public int? ThreadCount { get; init; }

    /// <summary>Whether the fused engine may be used; without it torch's own operations run on folded weights.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AllowFused { get; init; } = true;

    /// <summary>
    /// Whether the compiled network is compared with the model before anybody gets it. There are machines on which single kernels of libtorch are wrong.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SelfCheck { get; init; } = true;

    /// <summary>
    /// Whether a passed self-check is noted in the cache folder, for this processor, libtorch, network and these options, so that the next process starts without it.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool RemembersCheck { get; init; } = true;

    /// <summary>Height of the random pictures of the self-check, 1 or more.</summary>
    /// <value>Default: null, 224 for networks with ImageNet's stem and 32 for the others.</value>
    public int? CheckHeight { get; init; }

    /// <summary>Width of the random pictures of the self-check, 1 or more.</summary>
    /// <value>Default: null, as <see cref="CheckHeight"/>.</value>
    public int? CheckWidth { get; init; }

    /// <exception cref="InvalidOptionsException">Every fault is listed.</exception>
    internal void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(CompileOptions), [.. Faults()]);

    /// <summary>Everything that is wrong, one sentence a fault.</summary>
    internal IEnumerable<string> Faults()
    {
        if (ThreadCount is < 1 or > MaxThreads)
        {
            yield return $"{nameof(ThreadCount)} is {ThreadCount}; it must be 1 to {MaxThreads}.";
        }

        if (CheckHeight is < 1)
        {
            yield return $"{nameof(CheckHeight)} is {CheckHeight}; it must be 1 or more.";
        }

        if (CheckWidth is < 1)
        {
            yield return $"{nameof(CheckWidth)} is {CheckWidth}; it must be 1 or more.";
        }

        if (!Enum.IsDefined(Precision))
        {
            yield return $"{nameof(Precision)} is {(int)Precision}; it must be one of {string.Join(", ", Enum.GetNames<CompilePrecision>())}.";
        }
    }
}
