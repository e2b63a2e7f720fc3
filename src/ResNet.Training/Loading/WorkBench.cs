using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Everything that a picture needs on its way, used again for the next one. For one thread at a time.</summary>
internal sealed class WorkBench
{
    private ImageCanvas? _second;

    /// <summary>Where a picture is read.</summary>
    public ImageCanvas Canvas { get; } = new();

    /// <summary>For another form of the same picture.</summary>
    public ImageCanvas Second => _second ??= new ImageCanvas();

    /// <summary>To be restarted for each picture.</summary>
    public SampleRandom Random { get; } = new(0);
}
