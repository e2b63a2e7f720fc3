using ResNet.Compilation;

namespace ResNet.Inference;

/// <summary>What pictures went through, and why.</summary>
/// <param name="Compiled">What became of the network when it was compiled; null where the model itself runs.</param>
/// <param name="Note">Why the model itself runs although a compiled network was wished for; null otherwise.</param>
public sealed record EngineReport(CompileReport? Compiled, string? Note)
{
    /// <summary>What was wrong with each file of <see cref="EngineOptions.CalibrationFolder"/> that could not be read; another one served in its place, if there was one left.</summary>
    public IReadOnlyList<string> UnreadPictures { get; init; } = [];

    /// <summary>One line for a log.</summary>
    /// <returns>Such as "fused engine in float32, within 2.1E-06 of the model" or "the model itself".</returns>
    public override string ToString()
    {
        string engine = Compiled?.ToString() ?? $"the model itself{(Note is null ? "" : $": {Note}")}";
        return UnreadPictures is [var first, ..] ? $"{engine}; {UnreadPictures.Count} of the calibration's files could not be read, the first one: {first.TrimEnd('.')}" : engine;
    }
}
