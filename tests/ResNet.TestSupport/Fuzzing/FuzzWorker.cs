using System.Diagnostics;
using System.Globalization;

namespace ResNet.TestSupport.Fuzzing;

/// <summary>A thread that says which mutant it is at; also in a file, which tells it if the whole process dies.</summary>
internal sealed class FuzzWorker : IDisposable
{
    private readonly string? _path;
    private readonly FileStream? _file;
    private Thread? _thread;
    private long _wall = Stopwatch.GetTimestamp();
    private long _processor;
    private long _number;

    /// <param name="path">The file; null for none.</param>
    public FuzzWorker(string? path)
    {
        _path = path;
        _file = path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public long Number => Volatile.Read(ref _number);

    public void Start(Action work)
    {
        _thread = new Thread(() => work()) { IsBackground = true };
        _thread.Start();
    }

    public void Begin(long number)
    {
        Volatile.Write(ref _number, number);
        Volatile.Write(ref _processor, Environment.CpuUsage.TotalTime.Ticks);
        Volatile.Write(ref _wall, Stopwatch.GetTimestamp());
        if (_file is not null)
        {
            Span<byte> text = stackalloc byte[20];
            text.Fill((byte)' ');
            number.TryFormat(text, out _, provider: CultureInfo.InvariantCulture);
            RandomAccess.Write(_file.SafeFileHandle, text, 0);
        }
    }

    /// <summary>
    /// Whether it is at its mutant for longer than it may: by what the process has computed meanwhile, since other programs slow the
    /// clock on the wall down, or, for one that waits instead of computing, by many times as much on that clock.
    /// </summary>
    public bool Hangs(TimeSpan maxTime, int workers)
    {
        if (_thread is not { IsAlive: true })
        {
            return false;
        }

        var wall = Stopwatch.GetElapsedTime(Volatile.Read(ref _wall));
        var processor = Environment.CpuUsage.TotalTime - TimeSpan.FromTicks(Volatile.Read(ref _processor));
        return wall > maxTime && (processor > maxTime * workers || wall > maxTime * 20);
    }

    public bool Join(TimeSpan time) => _thread!.Join(time);

    public void Dispose()
    {
        _file?.Dispose();
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }
}
