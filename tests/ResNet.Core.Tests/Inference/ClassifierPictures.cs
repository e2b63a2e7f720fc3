using ResNet.Imaging;

namespace ResNet.Core.Tests.Inference;

/// <summary>Small random pictures for a small network, in files and in memory.</summary>
internal sealed class ClassifierPictures : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static RgbImage Draw(int seed)
    {
        byte[] pixels = new byte[3 * 40 * 50];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(40, 50, pixels);
    }

    public string PathTo(string name) => _folder.PathTo(name);

    public string[] Files(int count) => [.. Enumerable.Range(0, count).Select(File)];

    public string File(int seed)
    {
        string path = _folder.PathTo($"{seed}.png");
        if (!System.IO.File.Exists(path))
        {
            ImageEncoder.SavePng(Draw(seed), path);
        }

        return path;
    }

    /// <summary>A file that is no picture.</summary>
    public string Broken()
    {
        string path = _folder.PathTo("broken.png");
        System.IO.File.WriteAllText(path, "no picture");
        return path;
    }

    public void Dispose() => _folder.Dispose();
}
