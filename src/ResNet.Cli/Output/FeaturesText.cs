using System.Text.Json.Nodes;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>What <c>resnet features</c> says when it is done.</summary>
internal static class FeaturesText
{
    public static void Write(Terminal terminal, bool asJson, PictureFolder pictures, FeatureTable table, SimilarPictures? found, string target, string? sheet)
    {
        if (asJson)
        {
            terminal.WriteJson(ToJson(pictures, table, found, target, sheet));
            return;
        }

        terminal.Out.Say($"{table.Count:N0} pictures, {table.FeatureCount:N0} features of each: {Path.Combine(target, "features.npy")}, {Path.Combine(target, "features.csv")}");
        if (found is null)
        {
            return;
        }

        terminal.Out.Say($"most similar to {found.Query.Path}:");
        foreach (var (path, label, similarity) in found.Pictures)
        {
            terminal.Out.Say($"  {similarity:F4}  {path}{(label is null ? string.Empty : $" ({label})")}");
        }

        terminal.Out.Say($"side by side: {sheet}");
    }

    private static JsonObject ToJson(PictureFolder pictures, FeatureTable table, SimilarPictures? found, string target, string? sheet) => new()
    {
        ["pictures"] = table.Count,
        ["features"] = table.FeatureCount,
        ["leftOut"] = pictures.Faults.Count + table.Faults.Count,
        ["npy"] = Path.Combine(target, "features.npy"),
        ["csv"] = Path.Combine(target, "features.csv"),
        ["similar"] = found is null ? null : new JsonArray([.. found.Pictures.Select(picture => new JsonObject
        {
            ["file"] = picture.Path,
            ["class"] = picture.Class,
            ["similarity"] = Terminal.Number(picture.Similarity),
        })]),
        ["sheet"] = sheet,
    };
}
