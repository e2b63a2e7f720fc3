using System.Text.Json;

namespace ResNet.TestSupport;

/// <summary>Reference results of PyTorch, which live in a folder named <c>shared</c> beside the checkout and are not part of it.</summary>
public static class Oracle
{
    public const string WhySkipped = "needs the reference data in ../shared, which is not there";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    public static bool Exists { get; } = Directory.Exists(Path.Combine(Root, "oracle"));

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    public static JsonElement ReadJson(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathTo(parts)));
        return document.RootElement.Clone();
    }
}
