using ResNet.Compilation;

namespace ResNet.Cli;

/// <summary>What <c>resnet benchmark</c> found.</summary>
/// <param name="Request">What was measured.</param>
/// <param name="Engines">What each engine turned out to be.</param>
/// <param name="Rows">The figures, by batch size and engine.</param>
internal sealed record BenchmarkReport(BenchmarkRequest Request, IReadOnlyList<MeasuredEngine> Engines, IReadOnlyList<BenchmarkRow> Rows);

/// <summary>One engine, and what it took to make it.</summary>
/// <param name="Engine">Which one was asked for.</param>
/// <param name="Compiled">What became of the compilation; null for the network itself.</param>
/// <param name="Seconds">How long it took to make it.</param>
/// <param name="Bytes">By how much the process's resident memory grew meanwhile.</param>
/// <param name="IsMeasured">Whether it is what was asked for; bfloat16 that became float32 would be measured twice.</param>
internal sealed record MeasuredEngine(BenchmarkEngine Engine, CompileReport? Compiled, double Seconds, long Bytes, bool IsMeasured);
