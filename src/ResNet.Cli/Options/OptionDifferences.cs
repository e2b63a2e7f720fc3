using System.Collections;

namespace ResNet.Cli;

/// <summary>Where two networks differ, in words.</summary>
internal static class OptionDifferences
{
    public static IReadOnlyList<string> List(ResNetOptions ofFile, ResNetOptions asked) =>
        [.. typeof(ResNetOptions).GetProperties()
            .Where(property => property.CanWrite)
            .Select(property => (property.Name, File: Text(property.GetValue(ofFile)), Asked: Text(property.GetValue(asked))))
            .Where(pair => pair.File != pair.Asked)
            .Select(pair => $"{pair.Name} is {pair.File} in the file, {pair.Asked} on the command line")];

    private static string? Text(object? value) => value is IEnumerable list ? $"[{string.Join(", ", list.Cast<object>())}]" : value?.ToString();
}
