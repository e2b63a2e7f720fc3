using System.Globalization;
using System.Text;
using ResNet.Runtime;

namespace ResNet.Benchmarks.DeviceChecks;

/// <summary>What was checked on a device, for the console as it goes and as one page of Markdown at the end.</summary>
internal sealed class DeviceReport(Device device)
{
    private readonly List<(string Check, string Result, bool IsRight)> _rows = [];

    /// <summary>Whether all checks came out right.</summary>
    public bool IsRight => _rows.TrueForAll(row => row.IsRight);

    /// <summary>Runs a check; an exception is a wrong result with its first line, and the others go on.</summary>
    public void Check(string check, Func<(FormattableString Result, bool IsRight)> run)
    {
        try
        {
            var (result, isRight) = run();
            Add(check, FormattableString.Invariant(result), isRight);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Add(check, $"{error.GetType().Name}: {error.Message.Split('\n')[0]}", isRight: false);
        }
    }

    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Checks on {device}\n\n{DateTime.UtcNow:yyyy-MM-dd}. {(IsRight ? "All is right." : "Something is WRONG.")}\n\n| check | result | |\n| --- | --- | --- |\n");
        foreach (var (check, result, isRight) in _rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {check} | {result.Replace("|", "\\|", StringComparison.Ordinal)} | {(isRight ? "ok" : "WRONG")} |\n");
        }

        page.Append("\n## The machine\n\n| what | found |\n| --- | --- |\n");
        foreach (var fact in TorchRuntime.Describe().ToRows())
        {
            page.Append(CultureInfo.InvariantCulture, $"| {fact.Name} | {fact.Value} |\n");
        }

        return page.ToString();
    }

    private void Add(string check, string result, bool isRight)
    {
        _rows.Add((check, result, isRight));
        Console.WriteLine($"{(isRight ? "ok   " : "WRONG")} {check}: {result}");
    }
}
