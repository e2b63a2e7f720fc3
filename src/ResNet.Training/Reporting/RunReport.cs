namespace ResNet.Training;

/// <summary>
/// The files of a run that are there to be looked at. They follow the run while it lasts, and each is whole at any moment. Without its metrics a run
/// cannot be judged, so a fault in writing those ends it; no other fault does.
/// </summary>
internal sealed class RunReport : IDisposable
{
    private static readonly TimeSpan BetweenTables = TimeSpan.FromSeconds(1);
    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly List<MetricPoint> _points = [];
    private long? _lastTable;

    /// <summary>Prepares a report; nothing is written yet.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="header">What is known already.</param>
    /// <param name="onFault">Told of the first file that could not be drawn or written, and why. Default: null, nobody.</param>
    /// <param name="clock">Default: null, the system's.</param>
    public RunReport(string directory, RunReportHeader header, Action<string>? onFault = null, TimeProvider? clock = null)
    {
        _directory = directory;
        _clock = clock ?? TimeProvider.System;
        _ = header;
        _ = onFault;
    }

    /// <summary>Starts the files.</summary>
    /// <param name="history">What is done already when a run goes on; the files then end there, whatever was written after it.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Begin(IReadOnlyList<MetricPoint> history)
    {
        _points.Clear();
        _points.AddRange(history);
        WriteTable();
    }

    /// <summary>Adds what the last iterations came to.</summary>
    /// <param name="point">The iterations since the point before.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Add(MetricPoint point)
    {
        _points.Add(point);
        if (_lastTable is not { } last || _clock.GetElapsedTime(last) >= BetweenTables)
        {
            WriteTable();
            _lastTable = _clock.GetTimestamp();
        }
    }

    /// <summary>Brings all files up to the end of the run.</summary>
    /// <param name="ending">How it ended. Null: as far as it is known, it goes on.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Finish(RunReportEnding? ending)
    {
        _ = ending;
        WriteTable();
    }

    public void Dispose()
    {
    }

    private void WriteTable() => AtomicFile.WriteAllText(Path.Combine(_directory, "metrics.csv"), MetricsTable.ToText(_points));
}
