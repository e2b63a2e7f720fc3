using System.CommandLine;
using System.Globalization;

namespace ResNet.Cli;

/// <summary><c>--input-size</c>: the side of a square picture, or height and width with an x between them.</summary>
internal static class InputSizeOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--input-size")
        {
            Description = "Size of the picture: 224, or HEIGHTxWIDTH such as 480x640. Default: 224, or 32 for the CIFAR networks.",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Read(text) is null)
            {
                result.AddError($"--input-size is '{text}'; it must be one whole number or HEIGHTxWIDTH, each 1 or more.");
            }
        });
        return option;
    }

    /// <summary>Height and width in pixels; null where the text is none, or says no size.</summary>
    public static (int Height, int Width)? Read(string? text)
    {
        static bool Parse(string side, out int value) =>
            int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1;

        return text?.Split('x') switch
        {
            [var side] when Parse(side, out int both) => (both, both),
            [var first, var second] when Parse(first, out int height) && Parse(second, out int width) => (height, width),
            _ => null,
        };
    }
}
