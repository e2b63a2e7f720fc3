using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>The files of a study: a page, its two figures, and the numbers for programs.</summary>
public static class ExperimentReport
{
    /// <summary>The page's file.</summary>
    public const string PageName = "cifar10.md";

    private const string CurvesName = "cifar10-curves.png";
    private const string ResponsesName = "cifar10-responses.png";
    private const string NumbersName = "cifar10.json";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files, each whole or not at all.</summary>
    /// <param name="directory">Where they go; made if need be.</param>
    /// <param name="setup">What the networks have in common.</param>
    /// <param name="results">The networks, in the order of the page; at least one.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="ArgumentException">There is no result.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static string Write(string directory, ExperimentSetup setup, IReadOnlyList<ExperimentResult> results)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
        {
            throw new ArgumentException("There is no network to write about; train one at least.", nameof(results));
        }

        using var culture = CultureScope.Invariant();
        Directory.CreateDirectory(directory);
        WriteBytes(Path.Combine(directory, CurvesName), ExperimentChart.ToPng(results));
        WriteBytes(
            Path.Combine(directory, ResponsesName),
            ResponseChart.ToPng("layer responses", [.. results.Select(result => (result.Experiment.Name, result.Responses))]));
        AtomicFile.WriteAllText(Path.Combine(directory, NumbersName), ToJson(setup, results).ToJsonString(Format) + "\n");
        string page = Path.Combine(directory, PageName);
        AtomicFile.WriteAllText(page, ExperimentText.Write(setup, results, CurvesName, ResponsesName));
        return page;
    }

    /// <summary>The numbers of the page.</summary>
    /// <param name="setup">What the networks have in common.</param>
    /// <param name="results">The networks.</param>
    /// <returns>One object: <c>iterations, command, networks[…]</c>.</returns>
    public static JsonObject ToJson(ExperimentSetup setup, IReadOnlyList<ExperimentResult> results)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(results);
        return new JsonObject
        {
            ["iterations"] = setup.Training.Iterations,
            ["seed"] = setup.Training.Seed,
            ["command"] = setup.Command,
            ["networks"] = new JsonArray([.. results.Select(ToJson)]),
        };
    }

    private static JsonObject ToJson(ExperimentResult result) => new()
    {
        ["name"] = result.Experiment.Name,
        ["depth"] = result.Experiment.Options.Depth,
        ["residual"] = result.Experiment.Options.Residual,
        ["shortcut"] = result.Experiment.Options.Residual ? result.Experiment.Options.Shortcut.ToString() : null,
        ["parameters"] = result.ParameterCount,
        ["testImages"] = result.Test.Images,
        ["testTop1Correct"] = result.Test.Top1Correct,
        ["testTop1Error"] = result.Test.Top1Error,
        ["testTop1Interval"] = new JsonArray(result.Test.Top1Interval.Low, result.Test.Top1Interval.High),
        ["paperTestError"] = result.Experiment.PaperTestError,
        ["trainError"] = ExperimentText.TrainErrorOf(result),
        ["validationTop1Error"] = result.Training.ValidationTop1Error,
        ["responses"] = new JsonArray([.. result.Responses.Select(response => new JsonObject { ["layer"] = response.Name, ["standardDeviation"] = response.StandardDeviation })]),
    };

    private static void WriteBytes(string path, byte[] bytes) => AtomicFile.Write(path, stream => stream.Write(bytes));
}
