using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>The two outputs: results on stdout, everything said along the way on stderr.</summary>
internal sealed class Terminal
{
    private const int WidthOfFiles = 200;

    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Where a command talks while it works: stderr when stdout is for one JSON document.</summary>
    public IAnsiConsole Talk(bool json) => json ? Error : Out;

    /// <summary>Writes the one JSON document of a command.</summary>
    public static void WriteJson(JsonNode document) => Console.Out.WriteLine(document.ToJsonString(JsonFormat));

    /// <summary>A number as JSON has it; null for NaN and the infinities, which JSON lacks (a network that diverged has such a loss).</summary>
    public static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <inheritdoc cref="Number(double)"/>
    public static JsonValue? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (redirected)
        {
            // A file has no width; without this, long lines would be broken for a terminal that is not there.
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
