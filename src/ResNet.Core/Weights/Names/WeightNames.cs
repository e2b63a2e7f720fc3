namespace ResNet.Weights;

/// <summary>Finds out whose names a file uses, and what each of its tensors is called in the model.</summary>
internal static class WeightNames
{
    private const string BatchCounter = ".num_batches_tracked";
    private const string Classifier = "fc.";

    private static readonly Func<string, string?>[] Families =
    [
        CifarNames.ToModel, DetectronNames.ToModel, PyclsNames.ToModel, TransformersNames.ToModel, SequentialNames.ToModel, CaffeNames.ToModel, Caffe2Names.ToModel,
    ];

    /// <param name="inFile">The names of the file.</param>
    /// <param name="inModel">The names of the model, which are torchvision's.</param>
    /// <param name="options">What the caller says of names.</param>
    /// <param name="withClassifier">Whether the classifier is to be loaded too.</param>
    public static MappedNames Map(IReadOnlyList<string> inFile, IReadOnlySet<string> inModel, WeightsLoadOptions options, bool withClassifier)
    {
        string chosen = options.Prefix ?? string.Empty;
        string[] names = [.. inFile.Where(name => name.StartsWith(chosen, StringComparison.Ordinal) && name.Length > chosen.Length)];
        if (options.Rename is { } rename)
        {
            return new MappedNames([.. names.Select(name => (name, rename(name[chosen.Length..])!)).Where(pair => pair.Item2 is not null)]);
        }

        // torchvision's names may begin as a wrapper's do nowhere, so what all have in common is never part of a name.
        string common = chosen + KeyPrefixes.Common([.. names.Select(name => name[chosen.Length..])]);
        var best = Under(common, names, inModel, Families);
        if (best.Hits == names.Length)
        {
            return best.Mapped;
        }

        // Else something lies beside the network, or inside of the names of another: where the network is whole, it is found.
        string[] needed = [.. inModel.Where(name => !name.EndsWith(BatchCounter, StringComparison.Ordinal)
            && (withClassifier || !name.StartsWith(Classifier, StringComparison.Ordinal)))];
        if (IsWhole(best.Mapped, needed))
        {
            return best.Mapped;
        }

        var whole = KeyPrefixes.OfNetworks(names).Where(prefix => prefix != common && prefix.StartsWith(chosen, StringComparison.Ordinal))
            .Select(prefix => (Prefix: prefix, Under(prefix, names, inModel, Families).Mapped)).Where(candidate => IsWhole(candidate.Mapped, needed)).ToList();
        return whole switch
        {
            [] => Under(common, names, inModel, [.. Families, TrunkAndHeadNames.ToModel]).Mapped,
            [var only] => only.Mapped,
            _ => whole[0].Mapped with
            {
                Ambiguity = $"The network is in the file {whole.Count} times, under {string.Join(" and ", whole.Select(candidate => ShapeText.Quote(candidate.Prefix)))}; say which by Prefix.",
            },
        };
    }

    /// <summary>Maps the names under a prefix; those that have it not, or are known not to be a network's, lie beside it.</summary>
    private static (MappedNames Mapped, int Hits) Under(string prefix, string[] names, IReadOnlySet<string> inModel, Func<string, string?>[] families)
    {
        var beside = new List<SkippedWeight>();
        var own = new List<string>(names.Length);
        foreach (string name in names)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                beside.Add(new SkippedWeight(name, $"It lies beside the network, whose names begin with {ShapeText.Quote(prefix)} in the file."));
            }
            else if (TrainingNames.Contains(name.AsSpan(prefix.Length)))
            {
                beside.Add(new SkippedWeight(name, "It belongs to the training, not to the network."));
            }
            else
            {
                own.Add(name);
            }
        }

        string[] bare = [.. own.Select(name => name[prefix.Length..])];
        string[] best = bare;
        int most = Hits(bare, inModel);
        foreach (var family in most == bare.Length ? [] : families)
        {
            string[] mapped = Array.ConvertAll(bare, name => family(name) ?? name);
            int hits = Hits(mapped, inModel);
            if (hits > most)
            {
                (best, most) = (mapped, hits);
            }
        }

        return (new MappedNames([.. own.Zip(best)]) { Beside = beside }, most);
    }

    private static bool IsWhole(MappedNames mapped, string[] needed)
    {
        var found = mapped.Pairs.Select(pair => pair.InModel).ToHashSet(StringComparer.Ordinal);
        return Array.TrueForAll(needed, found.Contains);
    }

    private static int Hits(string[] names, IReadOnlySet<string> inModel) => names.Count(inModel.Contains);
}
