using ResNet.Compilation;

namespace ResNet.Inference;

/// <summary>What pictures went through, and why.</summary>
/// <param name="Compiled">What became of the network when it was compiled; null where the model itself runs.</param>
/// <param name="Note">Why the model itself runs although a compiled network was wished for; null otherwise.</param>
public sealed record EngineReport(CompileReport? Compiled, string? Note)
{
    /// <summary>One line for a log.</summary>
    /// <returns>Such as "fused engine in float32, within 2.1E-06 of the model" or "the model itself".</returns>
    public override string ToString() => Compiled?.ToString() ?? $"the model itself{(Note is null ? "" : $": {Note}")}";
}
