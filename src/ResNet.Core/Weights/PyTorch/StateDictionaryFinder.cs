namespace ResNet.Weights;

/// <summary>
/// Finds the dictionary of weights in what a checkpoint holds: the object itself, or what training programs keep under "state_dict",
/// "model" and the like, beside optimisers and settings.
/// </summary>
internal static class StateDictionaryFinder
{
    private const int DeepestNesting = 4;
    private const int LongestName = 1024;

    private const int MostShown = 10;

    /// <summary>Where programs keep weights; of several in one file, the first of this list is taken, trained weights before averaged ones.</summary>
    private static readonly string[] UsualKeys = ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "module", "weights", "model_ema", "state_dict_ema", "ema"];

    /// <param name="file">What messages call the file.</param>
    /// <param name="value">What the pickle made.</param>
    /// <param name="path">The keys that lead to the weights, separated by dots; null to look for them.</param>
    /// <returns>The keys that led to the weights, and the tensors by name; values that are no tensors are left out.</returns>
    public static (string? Root, IReadOnlyList<KeyValuePair<string, PickleTensor>> Tensors) Find(string file, object? value, string? path)
    {
        if (path is not null)
        {
            var tensors = Tensors(file, Follow(file, value, path));
            return tensors.Count > 0 ? (path, tensors) : throw new WeightsFormatException(
                file, $"there are no tensors under Root = {ShapeText.Quote(path)}. The file holds {Describe(value)}.");
        }

        var keys = new List<string>();
        object? found = Search(file, value, keys, []);
        return found is not null
            ? (keys.Count == 0 ? null : string.Join('.', keys), Tensors(file, found))
            : throw new WeightsFormatException(file, $"there are no weights in it: the file holds {Describe(value)}. Save model.state_dict() with torch.save.");
    }

    /// <summary>Depth first, each dictionary once, so that one inside of itself ends the search.</summary>
    private static object? Search(string file, object? value, List<string> keys, HashSet<object> seen)
    {
        if (value is not PickleDictionary dictionary || keys.Count == DeepestNesting || !seen.Add(value))
        {
            return null;
        }

        // Before the dictionary's own tensors: a checkpoint may hold a random generator's state beside the weights.
        if (SearchUnder(UsualKeys) is { } usual)
        {
            return usual;
        }

        if (dictionary.HasTensors || (keys.Count == 0 && dictionary.Pairs.Count == 0))
        {
            return dictionary;
        }

        string[] unusual = [.. dictionary.Pairs.Where(pair => pair.Value is PickleDictionary { HasTensors: true }).Select(pair => pair.Key as string).OfType<string>().Distinct(StringComparer.Ordinal)];
        return unusual.Length <= 1
            ? SearchUnder(unusual)
            : throw new WeightsFormatException(
                file, $"it holds several dictionaries of tensors: {string.Join(", ", unusual.Take(MostShown).Select(ShapeText.Quote))}. Say which one with Root (--root).");

        object? SearchUnder(string[] candidates)
        {
            foreach (string key in candidates)
            {
                keys.Add(key);
                if (Search(file, Get(dictionary, key), keys, seen) is { } found)
                {
                    return found;
                }

                keys.RemoveAt(keys.Count - 1);
            }

            return null;
        }
    }

    private static object? Get(PickleDictionary dictionary, string key) => dictionary.Pairs.FindLast(pair => pair.Key is string name && name == key).Value;

    private static object? Follow(string file, object? value, string path)
    {
        string rest = path;
        while (rest.Length > 0)
        {
            // Keys may have dots themselves; the longest one that is there wins.
            string? key = (value as PickleDictionary)?.Pairs
                .Select(pair => pair.Key as string)
                .OfType<string>()
                .Where(name => name.Length > 0 && (rest == name || rest.StartsWith(name + ".", StringComparison.Ordinal)))
                .MaxBy(name => name.Length);
            if (key is null)
            {
                throw new WeightsFormatException(file, $"there is nothing under Root = {ShapeText.Quote(path)}: the file holds {Describe(value)} where {ShapeText.Quote(rest)} is looked for.");
            }

            value = Get((PickleDictionary)value!, key);
            rest = rest.Length == key.Length ? string.Empty : rest[(key.Length + 1)..];
        }

        return value;
    }

    private static List<KeyValuePair<string, PickleTensor>> Tensors(string file, object? value)
    {
        if (value is not PickleDictionary dictionary)
        {
            throw new WeightsFormatException(file, $"the weights should be a dictionary of tensors, but the file holds {Describe(value)} there.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<KeyValuePair<string, PickleTensor>>();
        foreach (var (key, item) in dictionary.Pairs)
        {
            if (key is not string name || item is not PickleTensor tensor)
            {
                continue;
            }

            if (!names.Add(name) || name.Length > LongestName || tensors.Count == PyTorchLayout.MostTensors)
            {
                throw new WeightsFormatException(
                    file,
                    name.Length > LongestName ? $"the name of a tensor has {name.Length} characters; at most {LongestName} are read."
                    : tensors.Count == PyTorchLayout.MostTensors ? $"there are more than {PyTorchLayout.MostTensors} tensors, the most that are read."
                    : $"tensor {ShapeText.Quote(name)} occurs twice; the file is damaged or hostile.");
            }

            tensors.Add(new(name, tensor));
        }

        return tensors;
    }

    private static string Describe(object? value) => value switch
    {
        PickleDictionary { Pairs: var pairs } =>
            $"a dictionary with {(pairs.Count == 0 ? "nothing in it" : string.Join(", ", pairs.Take(MostShown).Select(pair => pair.Key is string key ? ShapeText.Quote(key) : $"a key that is no text")))}",
        PickleTensor => "a single tensor",
        PickleList => "a list",
        PickleTuple => "a tuple",
        PicklePlaceholder { Name: var name } => $"a Python object of {ShapeText.Quote(name)}",
        string => "a text",
        long or double or bool => "a number",
        null => "nothing (None)",
        _ => "something that is no dictionary",
    };
}
