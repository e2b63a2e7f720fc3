using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResNet.Training.Tests;

/// <summary>A real browser without a window, where there is one.</summary>
internal static partial class Browser
{
    public const string WhySkipped = "needs Chromium on the PATH";
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(2);

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page and runs a script in it, in a frame of the given width, since windows cannot be as narrow as phones.</summary>
    /// <param name="page">The file.</param>
    /// <param name="script">Leaves strings in <c>lines</c>.</param>
    /// <param name="width">Of the page.</param>
    public static string[] Run(string page, string script, int width = 1000)
    {
        // The page forbids scripts that are not its own, as it should; the test's copy allows the test's.
        string html = Policy().Replace(File.ReadAllText(page), "<meta charset=\"utf-8\">")
            .Replace("</body>", $"<script>addEventListener('load', () => {{ {script} parent.postMessage(JSON.stringify(lines), '*'); }});</script></body>", StringComparison.Ordinal);
        string folder = System.IO.Path.GetDirectoryName(page)!;
        string outer = System.IO.Path.Combine(folder, "frame.html");
        File.WriteAllText(System.IO.Path.Combine(folder, "copy.html"), html);
        File.WriteAllText(outer, $"<!DOCTYPE html><body><script>addEventListener('message', e => document.body.textContent = 'FOUND' + e.data + 'END');</script><iframe src=\"copy.html\" style=\"border:0;width:{width}px;height:800px\"></iframe></body>");
        string dom = Dump(outer, folder);
        string found = Found().Match(dom) is { Success: true } match ? match.Groups["text"].Value : throw new InvalidOperationException($"The page said nothing: {dom}");
        return JsonSerializer.Deserialize<string[]>(WebUtility.HtmlDecode(found))!;
    }

    private static string Dump(string page, string folder)
    {
        var start = new ProcessStartInfo(
            Path!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", $"--user-data-dir={System.IO.Path.Combine(folder, "profile")}", "--window-size=1400,1000", "--virtual-time-budget=10000", "--dump-dom", new Uri(page).AbsoluteUri])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Watchdog))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The browser did not end.");
        }

        return output.GetAwaiter().GetResult();
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Policy();

    [GeneratedRegex("FOUND(?<text>.*?)END", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Found();
}
