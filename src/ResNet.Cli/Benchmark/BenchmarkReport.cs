namespace ResNet.Cli;

/// <summary>What <c>resnet benchmark</c> found.</summary>
/// <param name="Request">What was measured.</param>
/// <param name="Engines">What each engine turned out to be.</param>
/// <param name="Rows">The figures, by batch size and engine.</param>
internal sealed record BenchmarkReport(BenchmarkRequest Request, IReadOnlyList<MeasuredEngine> Engines, IReadOnlyList<BenchmarkRow> Rows);
