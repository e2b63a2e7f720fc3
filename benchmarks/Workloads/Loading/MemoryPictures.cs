using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Pictures of CIFAR's size and content of noise, as they lie in memory once they were read.</summary>
internal sealed class MemoryPictures : IImageDataset
{
    private const int Size = 32;
    private readonly ImageSample[] _samples;

    public MemoryPictures(int count)
    {
        var random = new SampleRandom(1);
        _samples = new ImageSample[count];
        for (int i = 0; i < count; i++)
        {
            byte[] pixels = new byte[3 * Size * Size];
            random.NextBytes(pixels);
            _samples[i] = new ImageSample(new RgbImage(Size, Size, pixels), i % Labels.Count);
        }
    }

    public int Count => _samples.Length;

    public ClassLabels Labels { get; } = new(Enumerable.Range(0, 10).Select(i => $"class {i}"));

    public int LabelOf(int index) => _samples[index].Label;

    public string NameOf(int index) => $"picture {index}";

    public ImageSample Read(int index) => _samples[index];
}
