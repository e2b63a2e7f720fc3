using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>Small files for tests of folders.</summary>
internal static class PictureFiles
{
    public static string Add(string root, string relativePath, int width = 4, int height = 4)
    {
        string path = Prepare(root, relativePath);
        File.WriteAllBytes(path, ImageEncoder.ToPng(TinyDataset.Picture(relativePath.Length, width, height)));
        return path;
    }

    public static string AddText(string root, string relativePath)
    {
        string path = Prepare(root, relativePath);
        File.WriteAllText(path, "this is no picture");
        return path;
    }

    private static string Prepare(string root, string relativePath)
    {
        string path = Path.Combine(root, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
