namespace ResNet.Weights;

/// <summary>A file of weights does not fit the model. The message lists the differences and what to do; nothing was written into the model.</summary>
public sealed class WeightsMismatchException : InvalidOperationException
{
    private const int MostShown = 20;

    internal WeightsMismatchException(
        string source, IReadOnlyList<string> differences, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected)
        : base(Describe(source, differences, missing, unexpected))
    {
        WeightsName = source;
        Differences = differences;
        Missing = missing;
        Unexpected = unexpected;
    }

    /// <summary>The file's path, or the name that the caller gave to the stream.</summary>
    public string WeightsName { get; }

    /// <summary>One sentence for each tensor of another shape or type, and for each option that the file contradicts.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>Names of the model's tensors that the file does not have.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Names of the file's tensors that the model does not have.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    private static string Describe(
        string source, IReadOnlyList<string> differences, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected)
    {
        var lines = new List<string>
        {
            $"{VisibleText.Line(source)} does not fit the model: {differences.Count} different, {missing.Count} missing, {unexpected.Count} unexpected.",
        };
        AddSome(lines, differences, difference => difference);
        AddSome(lines, missing, name => $"{name} is in the model but not in the file.");
        AddSome(lines, unexpected, name => $"{name} is in the file but not in the model.");
        if (missing.Count + unexpected.Count > 0)
        {
            lines.Add("Build the model with the options that the weights were trained with, or pass Strict = false to load what fits.");
        }

        return string.Join("\n", lines);
    }

    private static void AddSome(List<string> lines, IReadOnlyList<string> names, Func<string, string> sentence)
    {
        lines.AddRange(names.Take(MostShown).Select(name => $"- {VisibleText.Line(sentence(name))}"));
        if (names.Count > MostShown)
        {
            lines.Add($"- … and {names.Count - MostShown} more.");
        }
    }
}
