namespace ResNet.Training;

/// <summary>Text in files of comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    private static readonly char[] Special = [',', '"', '\n', '\r'];

    /// <summary>The text as one field, in quotes where it must be.</summary>
    public static string Of(string text) =>
        text.IndexOfAny(Special) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
