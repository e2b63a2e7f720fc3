namespace ResNet.Benchmarks;

/// <summary>One thing to measure: the arguments of the child process which does it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Variant">Whose code is measured.</param>
/// <param name="Unit">Unit of the number that the child prints.</param>
/// <param name="Arguments">The workload's kind and its arguments.</param>
/// <param name="Limit">The number it should stay below, if there is one.</param>
internal sealed record Measurement(string Name, string Variant, string Unit, IReadOnlyList<string> Arguments, double? Limit = null);
