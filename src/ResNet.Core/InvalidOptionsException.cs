namespace ResNet;

/// <summary>Options that cannot be used; the message lists every fault at once.</summary>
public sealed class InvalidOptionsException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="subject">What the options are of, such as <c>ResNetOptions</c>.</param>
    /// <param name="faults">One sentence a fault: the value found and the values allowed.</param>
    public InvalidOptionsException(string subject, IReadOnlyList<string> faults)
        : base(Describe(subject, faults))
    {
        Faults = faults;
    }

    /// <summary>One sentence a fault: the value found and the values allowed.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Does nothing where there is no fault.</summary>
    internal static void ThrowIfAny(string subject, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(subject, faults);
        }
    }

    private static string Describe(string subject, IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        string count = faults.Count == 1 ? "1 fault" : $"{faults.Count} faults";
        return $"{subject}: {count}.{string.Concat(faults.Select(fault => $"\n- {fault}"))}";
    }
}
