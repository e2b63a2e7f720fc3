using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Benchmarks.Workloads;

/// <summary>The JPEG files of a folder, read from disk each time. Their classes do not matter here.</summary>
internal sealed class PhotoFiles : IImageDataset
{
    private readonly string[] _files;

    public PhotoFiles(string folder)
    {
        _files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(ImageFileExtensions.IsJpeg)
            .Order(StringComparer.Ordinal)
            .Take(200)];
        if (_files.Length == 0)
        {
            throw new InvalidOperationException($"{folder} has no photos ({string.Join(", ", ImageFileExtensions.Jpeg)}); pass a folder which has some.");
        }
    }

    public int Count => _files.Length;

    public ClassLabels Labels { get; } = new(["photo"]);

    public int LabelOf(int index) => 0;

    public string NameOf(int index) => _files[index];

    public ImageSample Read(int index) => new(ImageDecoder.Decode(_files[index]), 0);

    public int Read(int index, ImageCanvas canvas)
    {
        ImageDecoder.Decode(_files[index], canvas, options: null);
        return 0;
    }
}
