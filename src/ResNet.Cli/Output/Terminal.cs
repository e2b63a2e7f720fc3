using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>
/// The two outputs: results on stdout, everything said along the way on stderr. Nothing that fails there throws: talk is dropped, and a lost result is
/// known from <see cref="Loss"/>.
/// </summary>
internal sealed class Terminal
{
    /// <summary>The <see cref="Loss"/> of a pipe whose reader is gone.</summary>
    public const string NobodyReads = "nobody reads any more";

    private const int WidthOfFiles = 200;

    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly IAnsiConsole _talkOnStdout;

    public Terminal()
    {
        Out = Create(new ForgivingWriter(Open(() => Console.Out), Lose, StandardOutput.IsUnread), Console.IsOutputRedirected);
        Error = Create(new ForgivingWriter(Open(() => Console.Error)), Console.IsErrorRedirected);
        _talkOnStdout = Create(new ForgivingWriter(Open(() => Console.Out)), Console.IsOutputRedirected);
    }

    /// <summary>Where results go: their loss is a failure of the command.</summary>
    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <summary>Why the rest of the results could not be written to stdout; null where all could.</summary>
    public string? Loss { get; private set; }

    /// <summary>Where a command talks while it works: stderr when stdout is for one JSON document.</summary>
    public IAnsiConsole Talk(bool json) => json ? Error : _talkOnStdout;

    /// <summary>Writes the one JSON document of a command.</summary>
    public void WriteJson(JsonNode document) => Out.Profile.Out.Writer.WriteLine(VisibleJson(document.ToJsonString(JsonFormat)));

    /// <summary>A number as JSON has it; null for NaN and the infinities, which JSON lacks (a network that diverged has such a loss).</summary>
    public static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <inheritdoc cref="Number(double)"/>
    public static JsonValue? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>What is left of the characters that a terminal does not show stands in strings, where an escape means the same.</summary>
    private static string VisibleJson(string json) => VisibleText.Lines(json);

    /// <summary>A stream that was closed before the program began cannot be opened.</summary>
    private static TextWriter? Open(Func<TextWriter> open)
    {
        try
        {
            return open();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new ConsoleOutput(writer, !redirected),
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

    private void Lose(string reason) => Loss ??= reason;
}
