using System.Globalization;
using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>
/// Class names of a configuration: timm's <c>label_names</c> (a list, or an object from index to name) with <c>label_descriptions</c>
/// (from name to what people call it), or transformers' <c>id2label</c>.
/// </summary>
internal sealed class TimmLabels(JsonElement root, JsonElement weights)
{
    private static readonly string[] Lists = ["label_names", "labels", "id2label"];

    /// <returns>Null where the configuration has no names.</returns>
    /// <exception cref="FormatException">There is not one name for each class.</exception>
    public ClassLabels? Read(int classCount)
    {
        foreach (string list in Lists)
        {
            if (FindEither(list) is { } stored)
            {
                return new ClassLabels(Describe(Names(stored, list, classCount)));
            }
        }

        return null;
    }

    /// <summary>What stands in the configuration itself comes before what stands beside the weights.</summary>
    private JsonElement? FindEither(string name) => Present(root, name) ?? Present(weights, name);

    private static JsonElement? Present(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string[] Names(JsonElement stored, string list, int classCount)
    {
        int count = stored.ValueKind switch
        {
            JsonValueKind.Array => stored.GetArrayLength(),
            JsonValueKind.Object => stored.GetPropertyCount(),
            _ => throw new FormatException($"its {list} is {stored.ValueKind}; a list or an object was expected"),
        };
        if (count != classCount)
        {
            throw new FormatException($"its {list} has {count} names for {classCount} classes");
        }

        if (stored.ValueKind == JsonValueKind.Array)
        {
            return [.. stored.EnumerateArray().Select(item => Text(item, list))];
        }

        var names = Texts(stored, list);
        return [.. Enumerable.Range(0, count).Select(index => names.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture))
            ?? throw new FormatException($"its {list} has no name for class {index}"))];
    }

    /// <summary>Read once: a look-up in a <see cref="JsonElement"/> goes through all of it.</summary>
    private static Dictionary<string, string> Texts(JsonElement stored, string list) =>
        stored.EnumerateObject().ToDictionary(property => property.Name, property => Text(property.Value, list), StringComparer.Ordinal);

    private static string Text(JsonElement item, string list) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new FormatException($"its {list} has {item.ValueKind} where a name was expected");

    private string[] Describe(string[] names)
    {
        const string List = "label_descriptions";
        if (FindEither(List) is not { ValueKind: JsonValueKind.Object } stored)
        {
            return names;
        }

        var descriptions = Texts(stored, List);
        return Array.ConvertAll(names, name => descriptions.GetValueOrDefault(name, name));
    }
}
