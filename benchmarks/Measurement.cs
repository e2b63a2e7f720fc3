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

    /// <summary>The variant of the same name that it is compared with.</summary>
    public string? Baseline { get; init; } = "naive";

    /// <summary>How many times as fast as the baseline it should be at least, if that is asked for.</summary>
    public double? LeastRatio { get; init; }

    /// <summary>Rates are better the higher they are, times the lower.</summary>
    public bool IsRate => Unit.EndsWith("/s", StringComparison.Ordinal) || Unit.EndsWith("-s", StringComparison.Ordinal);
}
