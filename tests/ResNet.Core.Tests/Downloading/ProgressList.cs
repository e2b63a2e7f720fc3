using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

/// <summary>Keeps what it hears, and tells the test of it at once.</summary>
internal sealed class ProgressList(Action<DownloadProgress>? heard = null) : IProgress<DownloadProgress>
{
    public List<DownloadProgress> Heard { get; } = [];

    public void Report(DownloadProgress value)
    {
        Heard.Add(value);
        heard?.Invoke(value);
    }
}
