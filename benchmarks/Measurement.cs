namespace ResNet.Benchmarks;

/// <summary>One thing to measure: the arguments of the child process which does it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Variant">Whose code is measured.</param>
/// <param name="Unit">Unit of the number that the child prints.</param>
/// <param name="Arguments">The workload's kind and its arguments.</param>
/// <param name="Limit">The number it should stay below, if there is one.</param>
internal sealed record Measurement(string Name, string Variant, string Unit, IReadOnlyList<string> Arguments, double? Limit = null)
{
    /// <summary>The number it should reach, if there is one.</summary>
    public double? Least { get; init; }

    /// <summary>What it is compared with.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>Products and sums that it does, in GFLOP, where its share of the machine's peak is of interest.</summary>
    public double? Operations { get; init; }

    /// <summary>Rates are better the higher they are, times the lower.</summary>
    public bool IsRate => Unit.EndsWith("/s", StringComparison.Ordinal) || Unit.EndsWith("-s", StringComparison.Ordinal);
}
