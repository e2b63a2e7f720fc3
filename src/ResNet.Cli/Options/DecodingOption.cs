using System.CommandLine;
using ResNet.Imaging;

namespace ResNet.Cli;

/// <summary><c>--max-pixels</c>: how large the images that a command reads may be.</summary>
internal sealed class DecodingOption
{
    private readonly Option<int> _maxPixels = new Option<int>("--max-pixels")
    {
        Description = "The most pixels (width times height) of an image; larger ones are refused by their header, before they take memory.",
        DefaultValueFactory = _ => (int)ImageDecodeOptions.DefaultMaxPixelCount,
    }.AtLeastOne();

    /// <param name="command">Receives the option.</param>
    public DecodingOption(Command command) => command.Options.Add(_maxPixels);

    /// <summary>What the command line says.</summary>
    public ImageDecodeOptions Read(ParseResult parsed) => ImageDecodeOptions.Default with { MaxPixelCount = parsed.GetValue(_maxPixels) };
}
