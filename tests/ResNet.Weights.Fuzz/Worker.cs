using System.Diagnostics;

namespace ResNet.Weights.Fuzz;

/// <summary>A thread that says which mutant it is at; also in a file, which tells it if the whole process dies.</summary>
internal sealed class Worker : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private Thread? _thread;
    private long _since = Stopwatch.GetTimestamp();
    private long _number;

    public Worker(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public long Number => Volatile.Read(ref _number);

    /// <summary>How long it has been at it; nothing once it is done.</summary>
    public TimeSpan Busy => _thread is not { IsAlive: true } ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref _since));

    public void Start(Action work)
    {
        _thread = new Thread(() => work()) { IsBackground = true };
        _thread.Start();
    }

    public void Begin(long number)
    {
        Volatile.Write(ref _number, number);
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        Span<byte> text = stackalloc byte[20];
        text.Fill((byte)' ');
        number.TryFormat(text, out _, provider: System.Globalization.CultureInfo.InvariantCulture);
        RandomAccess.Write(_file.SafeFileHandle, text, 0);
    }

    public bool Join(TimeSpan time) => _thread!.Join(time);

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }
}
