using ResNet.Imaging;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Cli;

/// <summary>The pictures of a table that look most like a photo to a network.</summary>
internal sealed record SimilarPictures(QueryPhoto Query, IReadOnlyList<(string Path, string? Class, float Similarity)> Pictures)
{
    /// <summary>More would be no sheet to look at; the list names them all.</summary>
    private const int MostOnSheet = 60;

    /// <summary>Looks for them. The photo itself, where the table has it, is not among them.</summary>
    public static SimilarPictures Find(UsedNetwork used, FeatureTable table, QueryPhoto query, int top)
    {
        // A file may be reached by two names; what counts is where it lies.
        string place = Path.GetFullPath(query.Path);
        int own = Enumerable.Range(0, table.Count).FirstOrDefault(i => Path.GetFullPath(table.Names[i]) == place, -1);
        var neighbours = own >= 0 ? table.Nearest(own, top) : table.Nearest(FeaturesOf(used, query.Image), top);
        return new SimilarPictures(query, [.. neighbours.Select(found => (table.Names[found.Index], table.Classes[found.Index], found.Similarity))]);
    }

    /// <summary>The photo and its neighbours on one sheet.</summary>
    public static RgbImage Draw(SimilarPictures found)
    {
        List<SheetPicture> pictures = [new(HeatOverlay.Enlarge(Small(found.Query.Image)), ["the photo", Path.GetFileName(found.Query.Path)])];
        foreach (var (path, label, similarity) in found.Pictures.Take(MostOnSheet))
        {
            pictures.Add(new SheetPicture(
                HeatOverlay.Enlarge(Small(ImageDecoder.Decode(path))), [$"{similarity:F3} {label}".TrimEnd(), Path.GetFileName(path)]));
        }

        return PictureSheet.Draw(pictures);
    }

    private static float[] FeaturesOf(UsedNetwork used, RgbImage photo)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var input = ImageTensor.FromImages([used.Preprocessing.Apply(photo)], used.Preprocessing.Normalization, used.Device);
        return used.Model.ForwardFeatures(input).to(torch.float32).cpu().data<float>().ToArray();
    }

    /// <summary>A sheet of large photos would hold them all at once.</summary>
    private static RgbImage Small(RgbImage photo)
    {
        const int Side = 224;
        int shorter = Math.Min(photo.Width, photo.Height);
        return shorter <= Side || Math.Max(photo.Width, photo.Height) > 16 * shorter ? photo : ImageResizer.ResizeShorterSide(photo, Side, ResizeFilter.Bilinear);
    }
}
