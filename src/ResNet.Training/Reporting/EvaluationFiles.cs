using System.Text.Json.Nodes;

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
    /// <param name="cancellationToken">Ends it between two pictures; no file is touched then.</param>
    /// <exception cref="IOException">The files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        string directory, EvaluationReport report, EvaluationSetup setup, IImageDataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(dataset);
        string page = EvaluationPage.Write(report, setup, dataset, cancellationToken);
        AtomicFile.WriteAllText(Path.Combine(directory, DocumentName), RunOptions.ToText(EvaluationDocument.Create(report, setup, dataset)));
        AtomicFile.WriteAllText(Path.Combine(directory, PageName), page);
    }

    /// <summary>The document of <see cref="DocumentName"/>.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="setup">What was tested.</param>
    /// <param name="dataset">The data set of the evaluation; it names the pictures.</param>
    /// <returns>A new object. Errors, shares and probabilities are 0 to 1; what is not defined, or no number, is null.</returns>
    public static JsonObject ToJson(EvaluationReport report, EvaluationSetup setup, IImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(dataset);
        return EvaluationDocument.Create(report, setup, dataset);
    }
}
