using System.Diagnostics;

namespace ResNet.Training;

/// <summary>Measures how fast training goes, validations left out.</summary>
internal sealed class TrainingClock(BatchLoader loader)
{
    private readonly Stopwatch _training = new();
    private readonly Stopwatch _whole = Stopwatch.StartNew();
    private long _images;

    public double ImagesPerSecond => _images / Math.Max(_training.Elapsed.TotalSeconds, 1e-9);

    /// <summary>0 where nothing was trained, as in a run that had only its last validation to come.</summary>
    public double DataWaitShare => _training.Elapsed == TimeSpan.Zero ? 0 : Math.Clamp(loader.Waited / _training.Elapsed, 0, 1);

    /// <summary>Time since the run began or went on, validations included.</summary>
    public TimeSpan Total => _whole.Elapsed;

    public void Start() => _training.Start();

    public void Stop() => _training.Stop();

    public void Add(int images) => _images += images;
}
