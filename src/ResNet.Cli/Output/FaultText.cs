namespace ResNet.Cli;

/// <summary>What a failure says to a user.</summary>
internal static class FaultText
{
    /// <summary>The message without the parameter name that .NET appends: the user knows no parameters.</summary>
    public static string Of(Exception fault) =>
        fault is ArgumentException { ParamName: { } name } ? fault.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : fault.Message;
}
