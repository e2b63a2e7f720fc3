using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>A data set in memory whose reading a test can replace; class = index modulo the class count.</summary>
internal sealed class TinyDataset(int count, Func<int, RgbImage>? read = null, int classCount = 2) : IImageDataset
{
    private readonly HashSet<Thread> _readers = [];
    private int _readCount;

    public int Count => count;

    public ClassLabels Labels { get; } = new(Enumerable.Range(0, classCount).Select(i => $"class{i}"));

    public int ReadCount => Volatile.Read(ref _readCount);

    public IReadOnlyList<Thread> Readers
    {
        get
        {
            lock (_readers)
            {
                return [.. _readers];
            }
        }
    }

    public static RgbImage Picture(int index, int width = 4, int height = 4) =>
        new(width, height, [.. Enumerable.Range(0, 3 * width * height).Select(i => (byte)((i * 7) + (index * 13)))]);

    public int LabelOf(int index) => index % classCount;

    public string NameOf(int index) => $"picture{index}";

    public ImageSample Read(int index)
    {
        lock (_readers)
        {
            _readers.Add(Thread.CurrentThread);
        }

        Interlocked.Increment(ref _readCount);
        return new ImageSample((read ?? (i => Picture(i)))(index), LabelOf(index));
    }
}
