using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>A data set whose classes and pictures are called what a test likes; class = index modulo the class count.</summary>
internal sealed class NamedDataset(string[] classes, string[] pictures, Func<int, RgbImage>? read = null) : IImageDataset
{
    public int Count => pictures.Length;

    public ClassLabels Labels { get; } = new(classes);

    public int LabelOf(int index) => index % classes.Length;

    public string NameOf(int index) => pictures[index];

    public ImageSample Read(int index) => new((read ?? (i => TinyDataset.Picture(i)))(index), LabelOf(index));
}
