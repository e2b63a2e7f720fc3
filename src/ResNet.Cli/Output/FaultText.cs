using System.Text.RegularExpressions;
using ResNet.Training;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What a failure says to a user.</summary>
internal static partial class FaultText
{
    /// <summary>The message without the parameter name that .NET appends: the user knows no parameters.</summary>
    public static string Of(Exception fault) => fault is WeightsMismatchException ? Spoken(fault.Message) :
        fault is DatasetException && fault.Message.IndexOf("Set EvaluationOptions.Scales", StringComparison.Ordinal) is >= 0 and var advice
            ? $"{fault.Message[..advice]}Enlarge such pictures with --enlarge, pad them with --padding, or leave them out." :
        fault is NotSupportedException ? fault.Message.Replace("use EngineChoice.Auto to run the model itself", "use --engine auto to run the network itself", StringComparison.Ordinal) :
        fault is InvalidOptionsException { Faults: [var only] } && only.StartsWith("CalibrationFolder is ", StringComparison.Ordinal) ? only.Replace("CalibrationFolder", "--calibration", StringComparison.Ordinal) :
        fault is ArgumentException { ParamName: { } name } ? fault.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : fault.Message;

    /// <summary>The library advises in C#; here the options have other names.</summary>
    private static string Spoken(string message) => Advice().Replace(message, match => match.Groups["name"].Value switch
    {
        "pass SkipClassifier or build with ClassCount" => $"pass --classes {match.Groups["value"].Value}",
        "build with BottleneckStride" => $"pass --bottleneck-stride {(match.Groups["value"].Value == "First1x1" ? "first" : "middle")}",
        "build with ZeroPadding" => $"pass --zero-padding {match.Groups["value"].Value.ToLowerInvariant()}",
        _ => match.Value,
    });

    [GeneratedRegex("(?<name>pass SkipClassifier or build with ClassCount|build with BottleneckStride|build with ZeroPadding) = (?<value>[0-9A-Za-z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Advice();
}
