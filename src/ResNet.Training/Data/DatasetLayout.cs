using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Words for messages about folders.</summary>
internal static class DatasetLayout
{
    private const int NamesShown = 8;
    private static readonly string Extensions = string.Join('|', ImageFileExtensions.All.Select(extension => extension[1..]));

    public static string Describe(string root, string found) =>
        $"""
         {root} is no folder of pictures. Expected either one folder a class,
           {root}/<class>/*.{Extensions}
         or the same under 'train' beside 'test', 'val', 'valid' or 'validation',
           {root}/train/<class>/*.jpg
           {root}/test/<class>/*.jpg
         but found {found}
         """;

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : Invariant($"{count} {noun}s");

    public static string Names(IReadOnlyCollection<string> names) =>
        names.Count == 0
            ? "none"
            : string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? Invariant($" and {names.Count - NamesShown} more") : "");
}
