using ResNet.Imaging;
using ResNet.Training;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What a failure says to a user.</summary>
internal static class FaultText
{
    /// <summary>The message without the parameter name that .NET appends: the user knows no parameters.</summary>
    public static string Of(Exception fault) => fault is WeightsMismatchException or WeightsFormatException ? SpokenAdvice.OfRoot(SpokenAdvice.Of(fault.Message)) :
        fault is DatasetException && fault.Message.IndexOf("Set EvaluationOptions.Scales", StringComparison.Ordinal) is >= 0 and var advice
            ? $"{fault.Message[..advice]}Enlarge such pictures with --enlarge, pad them with --padding, or leave them out." :
        fault is ImageFormatException { IsTooLarge: true } ? fault.Message.Replace("raise ImageDecodeOptions.MaxPixelCount if", "raise --max-pixels if", StringComparison.Ordinal) :
        fault is NotSupportedException ? fault.Message.Replace("use EngineChoice.Auto to run the model itself", "use --engine auto to run the network itself", StringComparison.Ordinal) :
        fault is InvalidOptionsException { Faults: [var only] } && only.StartsWith("CalibrationFolder is ", StringComparison.Ordinal) ? only.Replace("CalibrationFolder", "--calibration", StringComparison.Ordinal) :
        fault is ArgumentException { ParamName: { } name } ? fault.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : fault.Message;
}
