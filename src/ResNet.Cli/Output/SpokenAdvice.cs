using System.Text.RegularExpressions;

namespace ResNet.Cli;

/// <summary>The library advises in C#; here the options have other names.</summary>
internal static partial class SpokenAdvice
{
    private const string OfNetwork = "--arch and its companions (--shortcut, --zero-padding, --bottleneck-stride, --classes)";

    private static readonly (string Said, string Spoken)[] Sentences =
    [
        ("Build the model with the options that the weights were trained with, or pass Strict = false to load what fits.",
            $"Say the network that the weights were trained with by {OfNetwork}, and where in the file it is by --prefix or --root."),
        ("say which by Prefix or Rename.", "say which with --prefix."),
        ("say which by Prefix.", "say which with --prefix."),
        ("Say which one with Root (--root).", "Say which one with --root."),
        ("leave Root (--root) out.", "leave --root out."),
        ("pass AllowUnknownGlobals = true (--allow-unknown-globals)", "pass --allow-unknown-globals"),
        ("Build the model from ResNetOptions and call LoadWeights; on the command line, pass --arch.", $"Say it with {OfNetwork}."),
        ("Build the model from ResNetOptions and load the weights alone.", $"Take the file of weights in it, and say its network with {OfNetwork}."),
        ("Save the file again, or build the model from options and load the weights alone.", "Save the file again, or convert it with the program that wrote it."),
        ("Pass ResNetOptions and Preprocessing as well.", $"Say the network with {OfNetwork}."),
        ("SkipClassifier was passed.", "its classes are others."),
        ("this library writes .onnx but does not read it.", "models are written as .onnx but not read."),
    ];

    public static string Of(string message)
    {
        foreach (var (said, spoken) in Sentences)
        {
            message = message.Replace(said, spoken, StringComparison.Ordinal);
        }

        return Values().Replace(message, match => (match.Groups["name"].Value, match.Groups["value"].Value) switch
        {
            ("pass SkipClassifier or build with ClassCount", var classes) => $"pass --classes {classes}",
            ("build with BottleneckStride", var stride) => $"pass --bottleneck-stride {(stride == "First1x1" ? "first" : "middle")}",
            ("build with ZeroPadding", var padding) => $"pass --zero-padding {padding.ToLowerInvariant()}",
            ("build with Residual", "false") => "pass --plain",
            ("build with Residual", _) => "leave --plain out",
            (_, var channels) => $"networks for {channels} channels cannot be named here, use the library",
        });
    }

    /// <summary>As <c>Root = 'a.b'</c> stands in a sentence.</summary>
    public static string OfRoot(string message) => message.Replace("Root = ", "--root ", StringComparison.Ordinal).Replace("Root is ", "--root is ", StringComparison.Ordinal);

    [GeneratedRegex(
        "(?<name>pass SkipClassifier or build with ClassCount|build with (BottleneckStride|ZeroPadding|Residual|InputChannels)) = (?<value>[0-9A-Za-z]+)(, or pass AdaptInputChannels)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Values();
}
