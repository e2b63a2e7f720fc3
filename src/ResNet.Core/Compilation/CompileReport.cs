namespace ResNet.Compilation;

/// <summary>What became of a network when it was compiled, and why.</summary>
/// <param name="Engine">What it runs on.</param>
/// <param name="Precision">The numbers it computes in; they are bfloat16 or float32 where what was asked for is not there or not right.</param>
/// <param name="Error">
/// The greatest difference of a logit to the model's in the self-check, as a fraction of the logits' root mean square; null if there was none.
/// </param>
/// <param name="IsRemembered">Whether an earlier process on this machine made the self-check.</param>
/// <param name="Notes">Why faster ways were refused; empty if the first one was taken.</param>
public sealed record CompileReport(
    CompiledEngine Engine,
    CompilePrecision Precision,
    double? Error,
    bool IsRemembered,
    IReadOnlyList<string> Notes)
{
    /// <summary>One line for a log.</summary>
    /// <returns>Such as "fused engine in float32, within 2.1E-06 of the model".</returns>
    public override string ToString()
    {
        string check = Error is { } error ? $", within {error:0.0E+00} of the model" : IsRemembered ? ", checked on this machine before" : ", unchecked";
        string engine = Engine == CompiledEngine.Fused ? "fused engine" : "torch on folded weights";
        return $"{engine} in {Precision.Name()}{check}{string.Concat(Notes.Select(note => $"; {note}"))}";
    }
}
