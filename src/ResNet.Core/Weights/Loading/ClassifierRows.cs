using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Weights;

/// <summary>Whether the classifier of a file is that of a model's classes, and in which order.</summary>
internal sealed class ClassifierRows
{
    /// <summary>For each row of the model's classifier, the row of the file's. Null: as they are.</summary>
    private readonly long[]? _order;

    private ClassifierRows(string? whySkipped, long[]? order)
    {
        WhySkipped = whySkipped;
        _order = order;
    }

    /// <summary>Why the classifier is left out, as a sentence; null where it is loaded.</summary>
    public string? WhySkipped { get; }

    public static ClassifierRows Of(WeightsLoadOptions options, ClassLabels? inFile)
    {
        if (options.SkipClassifier)
        {
            return new ClassifierRows("SkipClassifier was passed.", null);
        }

        if (options.KeepClassifierOf is not { } wanted)
        {
            return new ClassifierRows(null, null);
        }

        if (inFile is null)
        {
            return new ClassifierRows("The file does not name its classes.", null);
        }

        if (inFile.Equals(wanted))
        {
            return new ClassifierRows(null, null);
        }

        bool isSameSet = inFile.Count == wanted.Count
            && inFile.Distinct(StringComparer.Ordinal).Count() == inFile.Count
            && inFile.ToHashSet(StringComparer.Ordinal).SetEquals(wanted);
        return isSameSet
            ? new ClassifierRows(null, [.. wanted.Select(name => (long)inFile.IndexOf(name))])
            : new ClassifierRows("The file's classes are others than the model's.", null);
    }

    /// <summary>Puts the rows, once loaded, in the model's order.</summary>
    /// <returns>What was changed, as a sentence; null: nothing.</returns>
    public string? Reorder(IReadOnlyDictionary<string, Tensor> state)
    {
        if (_order is null)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        foreach (string name in (string[])["fc.weight", "fc.bias"])
        {
            if (state.TryGetValue(name, out var rows))
            {
                rows.copy_(rows.index_select(0, torch.tensor(_order, dtype: torch.int64, device: rows.device)));
            }
        }

        return "fc has the classes of the model in another order in the file: its rows were reordered by their names.";
    }
}
