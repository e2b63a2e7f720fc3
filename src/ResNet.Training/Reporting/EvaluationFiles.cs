using System.Text.Json.Nodes;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The report of an evaluation as files: a page for people and a document for programs, with the same numbers.</summary>
public static class EvaluationFiles
{
    /// <summary>The page: one file that needs no other and no network.</summary>
    public const string PageName = "report.html";

    /// <summary>The document.</summary>
    public const string DocumentName = "report.json";

    /// <summary>Writes both files; existing ones are replaced only once the new ones are complete.</summary>
    /// <param name="directory">Where to; it is created if it is missing.</param>
    /// <param name="report">What was found.</param>
    /// <param name="setup">What was tested.</param>
    /// <param name="dataset">The data set of the evaluation: the worst mistakes are shown with their pictures.</param>
    /// <param name="robustness">What the same network found on corrupted pictures. Default: null, that was not tested.</param>
    /// <param name="cancellationToken">Ends it between two pictures; no file is touched then.</param>
    /// <exception cref="IOException">The files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        string directory,
        EvaluationReport report,
        EvaluationSetup setup,
        IImageDataset dataset,
        RobustnessReport? robustness = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(dataset);
        using var culture = CultureScope.Invariant();
        string page = EvaluationPage.Write(report, setup, dataset, robustness, cancellationToken);
        _ = OutputMarker.Mark(directory);
        AtomicFile.WriteAllText(Path.Combine(directory, DocumentName), RunOptions.ToText(ToJson(report, setup, dataset, robustness)));
        AtomicFile.WriteAllText(Path.Combine(directory, PageName), page);
    }

    /// <summary>What is said of images that the network has seen.</summary>
    /// <param name="seen">What was found; null where it is not known what the network was trained on.</param>
    /// <returns>A new object; null for null.</returns>
    public static JsonObject? ToJson(SeenImages? seen) => seen is null ? null : new JsonObject
    {
        ["images"] = seen.ImageCount,
        ["trained"] = seen.TrainedCount,
        ["selected"] = seen.SelectedCount,
        ["unknown"] = seen.UnknownCount,
        ["leftOut"] = seen.LeftOut,
    };

    /// <summary>The document of <see cref="DocumentName"/>.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="setup">What was tested.</param>
    /// <param name="dataset">The data set of the evaluation; it names the pictures.</param>
    /// <param name="robustness">What the same network found on corrupted pictures. Default: null, that was not tested.</param>
    /// <returns>A new object. Errors, shares and probabilities are 0 to 1; what is not defined, or no number, is null.</returns>
    public static JsonObject ToJson(EvaluationReport report, EvaluationSetup setup, IImageDataset dataset, RobustnessReport? robustness = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(dataset);
        using var culture = CultureScope.Invariant();
        var document = EvaluationDocument.Create(report, setup, dataset);
        if (robustness is not null)
        {
            document["corruptions"] = RobustnessFiles.ToJson(robustness);
        }

        return document;
    }
}
