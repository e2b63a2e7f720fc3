using ResNet.Compilation;

namespace ResNet.Cli;

/// <summary>One engine, and what it took to make it.</summary>
/// <param name="Engine">Which one was asked for.</param>
/// <param name="Compiled">What became of the compilation; null for the network itself.</param>
/// <param name="Seconds">How long it took to make it.</param>
/// <param name="Bytes">By how much the process's resident memory grew meanwhile.</param>
/// <param name="IsMeasured">Whether it is what was asked for; int8 or bfloat16 that became float32 would be measured twice.</param>
internal sealed record MeasuredEngine(BenchmarkEngine Engine, CompileReport? Compiled, double Seconds, long Bytes, bool IsMeasured);
