namespace ResNet.Downloading;

/// <summary>Reports at most ten times a second, and always the first and the last time.</summary>
internal sealed class ProgressThrottle(IProgress<DownloadProgress>? target, string fileName, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private long? _last;

    public void Report(long received, long? total, bool always = false)
    {
        if (target is null || (!always && _last is { } last && clock.GetElapsedTime(last) < Interval))
        {
            return;
        }

        _last = clock.GetTimestamp();
        target.Report(new DownloadProgress(fileName, received, total));
    }

    /// <summary>Says why nothing happens for a while.</summary>
    public void Report(long received, long? total, string trouble) =>
        target?.Report(new DownloadProgress(fileName, received, total) { Trouble = trouble });
}
