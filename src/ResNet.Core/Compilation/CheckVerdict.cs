namespace ResNet.Compilation;

/// <summary>What the self-check says of an engine.</summary>
/// <param name="Error">The greatest difference of a logit, as a fraction of their root mean square; null if nothing was compared.</param>
/// <param name="Fault">Where it is wrong; null if it is right.</param>
/// <param name="IsRemembered">Whether the verdict is from an earlier process.</param>
internal readonly record struct CheckVerdict(double? Error, string? Fault, bool IsRemembered);
