using System.Diagnostics;

namespace ResNet.Training;

/// <summary>
/// The files of a run that are there to be looked at. They follow the run while it lasts, and each is whole at any moment. Without its metrics a run
/// cannot be judged, so a fault in writing those ends it; no other fault does.
/// </summary>
internal sealed class RunReport : IDisposable
{
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTables = TimeSpan.FromSeconds(1);

    /// <summary>A long table is written less often: at most this share of the time goes into it.</summary>
    private const double ShareForTables = 0.02;

    private readonly string _directory;
    private readonly RunReportHeader _header;
    private readonly Action<string>? _onFault;
    private readonly TimeProvider _clock;
    private readonly List<MetricPoint> _points = [];
    private EventFile? _events;
    private int _eventCount;
    private TimeSpan _tablePause = TimeSpan.Zero;
    private long _lastTable;
    private long _lastDrawing;
    private bool _finished;
    private bool _faultTold;

    /// <summary>Prepares a report; nothing is written yet.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="header">What is known already.</param>
    /// <param name="onFault">Told of the first file that could not be drawn or written, and why. Default: null, nobody.</param>
    /// <param name="clock">Default: null, the system's.</param>
    public RunReport(string directory, RunReportHeader header, Action<string>? onFault = null, TimeProvider? clock = null)
    {
        _directory = directory;
        _header = header;
        _onFault = onFault;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Starts the files.</summary>
    /// <param name="history">What is done already when a run goes on; the files then end there, whatever was written after it.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Begin(IReadOnlyList<MetricPoint> history)
    {
        _points.Clear();
        _points.AddRange(history);
        WriteTable();
        _tablePause = TimeSpan.Zero;
        _lastDrawing = _clock.GetTimestamp();
        _events?.Dispose();
        _events = null;
        _eventCount = 0;
        Try("TensorBoard's events", () =>
        {
            _events = new EventFile(_directory, _clock.GetUtcNow() - (history.Count == 0 ? TimeSpan.Zero : history[^1].Elapsed));
            AddEvents();
        });
    }

    /// <summary>Adds what the last iterations came to.</summary>
    /// <param name="point">The iterations since the point before; it takes the place of a point that stands at its iteration already.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Add(MetricPoint point)
    {
        if (_points is [.., var last] && last.Iteration == point.Iteration)
        {
            _points.RemoveAt(_points.Count - 1);
            _eventCount = Math.Min(_eventCount, _points.Count);
        }

        _points.Add(point);
        if (_clock.GetElapsedTime(_lastTable) >= _tablePause)
        {
            WriteTable();
        }

        Try("TensorBoard's events", AddEvents);
        if (_clock.GetElapsedTime(_lastDrawing) >= BetweenDrawings)
        {
            Draw(null);
        }
    }

    /// <summary>Brings all files up to the end of the run.</summary>
    /// <param name="ending">How it ended. Null: not known, it may go on.</param>
    /// <exception cref="IOException">The metrics cannot be written.</exception>
    public void Finish(RunReportEnding? ending)
    {
        WriteTable();
        Draw(ending);
        _finished = true;
    }

    /// <summary>A run that was stopped leaves its files as they are up to there; whatever stopped it must not be hidden by another fault.</summary>
    public void Dispose()
    {
        if (_points.Count > 0 && !_finished)
        {
            Try(MetricsTable.FileName, WriteTable);
            Draw(null);
        }

        _events?.Dispose();
    }

    private void WriteTable()
    {
        long start = Stopwatch.GetTimestamp();
        AtomicFile.WriteAllText(Path.Combine(_directory, MetricsTable.FileName), MetricsTable.ToText(_points));
        var needed = Stopwatch.GetElapsedTime(start) / ShareForTables;
        _tablePause = needed > BetweenTables ? needed : BetweenTables;
        _lastTable = _clock.GetTimestamp();
    }

    /// <summary>Those too that an earlier fault left out.</summary>
    private void AddEvents()
    {
        _events?.Add(_points.GetRange(_eventCount, _points.Count - _eventCount));
        _eventCount = _points.Count;
    }

    private void Draw(RunReportEnding? ending)
    {
        using var culture = CultureScope.Invariant();
        if (_points.Count > 0)
        {
            Try("curves.png", () =>
            {
                byte[] png = CurveChart.ToPng(ReportText.Title(_header), _points);
                AtomicFile.Write(Path.Combine(_directory, "curves.png"), stream => stream.Write(png));
            });
        }

        Try("report.md", () => AtomicFile.WriteAllText(Path.Combine(_directory, "report.md"), ReportText.Write(_header, _points, ending)));
        _lastDrawing = _clock.GetTimestamp();
    }

    /// <summary>Hours of training must not be lost to a picture of them, whatever is wrong: a full disk, a missing native library, a defect here.</summary>
    private void Try(string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault)
        {
            if (!_faultTold)
            {
                _faultTold = true;
                _onFault?.Invoke($"{what} of the run in {_directory} cannot be brought up to date, and training goes on without: {fault.Message}");
            }
        }
    }
}
