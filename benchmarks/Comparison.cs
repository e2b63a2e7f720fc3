namespace ResNet.Benchmarks;

/// <summary>What a measurement is compared with.</summary>
/// <param name="Variant">A variant of the same name.</param>
/// <param name="Least">How many times as fast as that it should be at least, if that is asked for.</param>
internal sealed record Comparison(string Variant, double? Least = null);
