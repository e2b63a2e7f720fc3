using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Reads what a state saved; whatever is not there or of another kind ends in a message that names it.</summary>
internal static class SavedState
{
    public static T Read<T>(this JsonObject saved, string name)
    {
        ArgumentNullException.ThrowIfNull(saved);
        try
        {
            if (saved.TryGetPropertyValue(name, out var value))
            {
                return value.Deserialize<T>()!;
            }
        }
        catch (JsonException exception)
        {
            throw new FormatException($"\"{name}\" of the saved state is {saved[name]!.ToJsonString()}; it must be a {typeof(T).Name}.", exception);
        }

        throw new FormatException($"The saved state has no \"{name}\"; it is of another kind or of another version.");
    }
}
