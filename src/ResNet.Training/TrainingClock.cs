using System.Diagnostics;

namespace ResNet.Training;

/// <summary>Measures how fast training goes, validations left out.</summary>
internal sealed class TrainingClock
{
    private readonly Stopwatch _watch = new();
    private readonly BatchLoader _loader;
    private long _images;

    public TrainingClock(BatchLoader loader)
    {
        _loader = loader;
    }

    public double ImagesPerSecond => _images / Math.Max(_watch.Elapsed.TotalSeconds, 1e-9);

    public double DataWaitShare => Math.Clamp(_loader.Waited / _watch.Elapsed, 0, 1);

    public void Start() => _watch.Start();

    public void Stop() => _watch.Stop();

    public void Add(int images) => _images += images;
}
