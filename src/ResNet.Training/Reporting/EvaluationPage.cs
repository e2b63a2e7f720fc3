using System.Security.Cryptography;
using System.Text;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>The report of an evaluation as one page that holds all it needs: style, script, drawings and pictures.</summary>
internal static class EvaluationPage
{
    private static readonly string Style = Resource("page.css");
    private static readonly string Script = Resource("page.js");

    /// <summary>Nothing may be fetched, and no script runs but the page's own, whatever somebody called a picture.</summary>
    private static readonly string Policy =
        $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";

    public static string Write(
        EvaluationReport report, EvaluationSetup setup, IImageDataset dataset, RobustnessReport? robustness, CancellationToken cancellationToken)
    {
        string title = $"{ReportText.Title(setup.Network)}: {Percent(report.Top1Error)} top-1 error";
        return HtmlText.Write(Tag(
            "html",
            Set("lang", "en"),
            Tag(
                "head",
                Tag("meta", Set("charset", "utf-8")),
                Tag("meta", Set("http-equiv", "Content-Security-Policy"), Set("content", Policy)),
                Tag("meta", Set("name", "viewport"), Set("content", "width=device-width, initial-scale=1")),
                Tag("meta", Set("name", "color-scheme"), Set("content", "light dark")),
                Tag("title", title),
                Tag("style", Style)),
            Tag(
                "body",
                Tag("header", Tag("h1", ReportText.Title(setup.Network)), Tag("p", Name(setup.Weights), " tested on ", Name(setup.Data))),
                Tag(
                    "main",
                    ResultSection.Create(report, setup.Seen),
                    ConfusionSection.Create(report),
                    ClassSection.Create(report),
                    MistakeSection.Create(report, setup, dataset, cancellationToken),
                    CalibrationSection.Create(report.Calibration),
                    CorruptionSection.Create(robustness),
                    SetupSections.Create(report, setup),
                    SetupSections.Faults(report, setup)),
                Tag("script", Script))));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(EvaluationPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
