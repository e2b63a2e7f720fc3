using ResNet.Runtime;

namespace ResNet.Weights;

/// <summary>Loads in two steps: everything is matched, then everything is written.</summary>
internal static class WeightsLoader
{
    public static WeightsLoadReport Load(ResNetModel model, StateDictFile file, WeightsLoadOptions options)
    {
        // A description that cannot be read is an error here too: it would say what the weights compute.
        var description = DescriptionMetadata.Read(file);
        var state = model.state_dict();
        var classifier = ClassifierRows.Of(options, description?.Labels ?? options.FileLabels);
        var names = WeightNames.Map(
            [.. file.Entries.Select(entry => entry.Name)], state.Keys.ToHashSet(StringComparer.Ordinal), options, withClassifier: classifier.WhySkipped is null);
        var match = new WeightsMatch(file, names, state, options, classifier.WhySkipped);
        var contradictions = description is null ? [] : HiddenStructure.Contradictions(description.Options, model.Options, file.Name);
        bool fits = match.Misfits.Count + match.Missing.Count + match.Unexpected.Count == 0;
        if (contradictions.Count > 0 || match.Pairs.Count == 0 || (options.Strict && !fits))
        {
            throw new WeightsMismatchException(
                file.Name, [.. contradictions, .. match.Misfits.Select(misfit => misfit.Reason)], match.Missing, match.Unexpected);
        }

        if (options.RequireFinite)
        {
            foreach (var (inFile, _, target) in match.Pairs.Concat(match.Adaptable))
            {
                EnsureFinite(file, inFile, target);
            }
        }

        foreach (var (inFile, _, target) in match.Pairs)
        {
            if (!options.MapFile || !file.TryLend(inFile, target))
            {
                file.CopyTo(inFile, target);
            }
        }

        foreach (var (inFile, _, target) in match.Adaptable)
        {
            FirstConvolution.Adapt(file, inFile, target);
        }

        string? reordered = classifier.Reorder(state);
        return new WeightsLoadReport(
            [.. match.Pairs.Concat(match.Adaptable).Select(pair => pair.InModel)],
            match.Missing,
            match.Unexpected,
            [.. match.Skipped, .. match.Misfits],
            [.. match.Pairs.Concat(match.Adaptable).Where(pair => pair.InFile != pair.InModel).Select(pair => new RenamedWeight(pair.InFile, pair.InModel))],
            description is null ? HiddenStructure.Unverified(model.Options, file.Name) : [])
        {
            Adapted =
            [
                .. match.Adaptable.ConvertAll(pair => FirstConvolution.Describe(file.Find(pair.InFile)!, pair.InModel, pair.Target)),
                .. reordered is null ? Array.Empty<string>() : [reordered],
            ],
        };
    }

    private static void EnsureFinite(StateDictFile file, string name, Tensor target)
    {
        // As the model will have them: what is finite in double precision may be infinite in float32.
        using var stored = file.Read(name);
        using var values = stored.to(target.dtype);
        if (FiniteValues.BrokenCount(values) is > 0 and var broken)
        {
            throw new WeightsFormatException(
                file.Name,
                $"{broken} of the {values.numel()} values of {ShapeText.Quote(name)} are NaN or infinite, and training cannot mend them. Take another file, such as an earlier one of the same run.");
        }
    }
}
