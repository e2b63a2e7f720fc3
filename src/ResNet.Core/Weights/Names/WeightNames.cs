namespace ResNet.Weights;

/// <summary>Finds out whose names a file uses, and what each of its tensors is called in the model.</summary>
internal static class WeightNames
{
    private static readonly Func<string, string?>[] Families =
        [CifarNames.ToModel, DetectronNames.ToModel, PyclsNames.ToModel, CaffeNames.ToModel, Caffe2Names.ToModel];

    /// <param name="inFile">The names of the file.</param>
    /// <param name="inModel">The names of the model, which are torchvision's.</param>
    /// <param name="options">What the caller says of names.</param>
    /// <returns>For each tensor that is looked at, its name in the file and the one that it has in the model.</returns>
    public static IReadOnlyList<(string InFile, string InModel)> Map(
        IReadOnlyList<string> inFile, IReadOnlySet<string> inModel, WeightsLoadOptions options)
    {
        string prefix = options.Prefix ?? string.Empty;
        string[] names = [.. inFile.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length)];
        if (options.Rename is { } rename)
        {
            return [.. names.Select(name => (name, rename(name[prefix.Length..])!)).Where(pair => pair.Item2 is not null)];
        }

        // torchvision's names may begin as a wrapper's do nowhere, so what all have in common is never part of a name.
        prefix += KeyPrefixes.Common([.. names.Select(name => name[prefix.Length..])]);
        string[] bare = Array.ConvertAll(names, name => name[prefix.Length..]);
        string[] best = bare;
        int most = Hits(bare, inModel);
        foreach (var family in most == bare.Length ? [] : Families)
        {
            string[] mapped = Array.ConvertAll(bare, name => family(name) ?? name);
            int hits = Hits(mapped, inModel);
            if (hits > most)
            {
                (best, most) = (mapped, hits);
            }
        }

        return [.. names.Zip(best)];
    }

    private static int Hits(string[] names, IReadOnlySet<string> inModel) => names.Count(inModel.Contains);
}
