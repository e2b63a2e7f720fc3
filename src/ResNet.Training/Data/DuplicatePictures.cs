namespace ResNet.Training;

/// <summary>Pictures with exactly the same pixels.</summary>
/// <param name="Pictures">Two or more, in the order of parts and indices.</param>
/// <param name="AcrossParts">Whether they lie in more than one part: a network is then tested on what it was trained on.</param>
/// <param name="AcrossClasses">Whether they have more than one class: at least one of them is wrong.</param>
public sealed record DuplicatePictures(IReadOnlyList<string> Pictures, bool AcrossParts, bool AcrossClasses)
{
    internal static IReadOnlyList<DuplicatePictures> Find(IReadOnlyList<DatasetPart> parts, PictureFacts[][] facts)
    {
        Dictionary<string, List<(int Part, int Index)>> byHash = new(StringComparer.Ordinal);
        for (int part = 0; part < parts.Count; part++)
        {
            for (int index = 0; index < facts[part].Length; index++)
            {
                if (facts[part][index].Hash is { } hash)
                {
                    string key = Convert.ToHexString(hash);
                    if (!byHash.TryGetValue(key, out var places))
                    {
                        byHash.Add(key, places = []);
                    }

                    places.Add((part, index));
                }
            }
        }

        return [.. byHash.Values.Where(places => places.Count > 1).Select(places => Of(parts, places))];
    }

    private static DuplicatePictures Of(IReadOnlyList<DatasetPart> parts, List<(int Part, int Index)> places) => new(
        [.. places.Select(place => parts[place.Part].Dataset.NameOf(place.Index))],
        places.DistinctBy(place => place.Part).Skip(1).Any(),
        places.Select(place => parts[place.Part].Dataset is var set ? set.Labels[set.LabelOf(place.Index)] : "").Distinct(StringComparer.Ordinal).Skip(1).Any());
}
