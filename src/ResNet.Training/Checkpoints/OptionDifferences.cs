using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Where the options of a run differ from those that it had before, in words.</summary>
internal static class OptionDifferences
{
    private const int LongestValue = 80;

    /// <summary>Compares two JSON objects, whatever the order of their properties.</summary>
    /// <returns>A line for each value that differs, such as "training.seed was 0, now 1"; empty where none does.</returns>
    public static IReadOnlyList<string> Between(JsonObject saved, JsonObject now)
    {
        var differences = new List<string>();
        Compare(string.Empty, saved, now, differences);
        return differences;
    }

    private static void Compare(string path, JsonNode? saved, JsonNode? now, List<string> differences)
    {
        if (saved is JsonObject savedObject && now is JsonObject nowObject)
        {
            foreach (string name in savedObject.Select(pair => pair.Key).Union(nowObject.Select(pair => pair.Key)))
            {
                Compare(path.Length == 0 ? name : $"{path}.{name}", savedObject[name], nowObject[name], differences);
            }
        }
        else if (saved is JsonArray savedArray && now is JsonArray nowArray && savedArray.Count == nowArray.Count)
        {
            for (int i = 0; i < savedArray.Count; i++)
            {
                Compare(Invariant($"{path}[{i}]"), savedArray[i], nowArray[i], differences);
            }
        }
        else if (!JsonNode.DeepEquals(saved, now))
        {
            differences.Add($"{path} was {Text(saved)}, now {Text(now)}");
        }
    }

    private static string Text(JsonNode? value)
    {
        string text = value switch
        {
            null => "not set",
            JsonArray array => $"{array.Count} values",
            JsonValue single when single.TryGetValue(out string? plain) => $"'{plain}'",
            _ => value.ToJsonString(),
        };
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
    }
}
