namespace ResNet.Runtime;

/// <content>What the system allows the process.</content>
public static partial class TorchRuntime
{
    /// <summary>Looks, before anything is loaded, for what keeps this process from working at all: a current folder that was deleted, or a limit of open files that is too low.</summary>
    /// <returns>What was found and what to do; null where nothing was.</returns>
    public static string? FindProcessProblem() => ResourceShortage.FindProblem();

    /// <summary>Says in words that a failure comes from a want of memory or of open files: torch and loaders call these many names.</summary>
    /// <param name="failure">What was thrown; its inner exceptions are looked at too.</param>
    /// <returns>What is short and what to do; null where the cause is another one.</returns>
    public static string? ExplainShortage(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return ResourceShortage.Explain(failure);
    }
}
