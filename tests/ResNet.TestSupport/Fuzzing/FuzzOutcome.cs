namespace ResNet.TestSupport.Fuzzing;

/// <summary>What came of reading a mutant.</summary>
/// <param name="Result">"read", or the name of the type of the exception that refused it; reports count them.</param>
/// <param name="Allocated">Bytes that it took, as far as the target can tell.</param>
/// <param name="Finding">What is wrong with the reader; null if nothing is.</param>
public sealed record FuzzOutcome(string Result, long Allocated, string? Finding = null)
{
    /// <summary>The result of a mutant that is still a good file.</summary>
    public const string Read = "read";
}
