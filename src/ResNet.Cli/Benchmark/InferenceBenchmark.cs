using System.Diagnostics;
using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Cli;

/// <summary>Measures a network: every batch size with all engines in turn (A, B, A, B …), after passes that are not counted.</summary>
internal sealed class InferenceBenchmark : IDisposable
{
    private const int WarmUpPasses = 2;
    private const int CalibrationPictureCount = 8;

    /// <summary>A turn of an engine ends so soon that whoever watches hears of it.</summary>
    private const double LongestTurnInSeconds = 1;

    private readonly ResNetModel _model;
    private readonly Device _device;
    private readonly BenchmarkRequest _request;
    private readonly CompileOptions _compile;
    private readonly CancellationToken _stop;
    private readonly List<MeasuredEngine> _engines = [];
    private readonly Dictionary<BenchmarkEngine, CompiledResNet> _compiled = [];

    /// <param name="model">The network, in evaluation mode; it stays the caller's.</param>
    /// <param name="request">What is measured.</param>
    /// <param name="compile">How it is compiled, but for the precision.</param>
    /// <param name="stop">Ends it after the pass that is running.</param>
    public InferenceBenchmark(ResNetModel model, BenchmarkRequest request, CompileOptions compile, CancellationToken stop)
    {
        _model = model;
        _device = model.parameters().First().device;
        _request = request;
        _compile = compile;
        _stop = stop;
    }

    /// <summary>Makes all engines.</summary>
    /// <param name="progress">Hears which one is being made, and how many are.</param>
    public void Prepare(Action<int, BenchmarkEngine> progress)
    {
        foreach (var engine in _request.Engines)
        {
            progress(_engines.Count, engine);
            _engines.Add(Make(engine));
        }
    }

    /// <summary>Measures them, in turns of a second at most.</summary>
    /// <param name="progress">Hears which share is done, 0 to 1, and what is being done.</param>
    public BenchmarkReport Run(Action<double, string> progress)
    {
        BenchmarkEngine[] measured = [.. _engines.Where(engine => engine.IsMeasured).Select(engine => engine.Engine)];
        var rows = new List<BenchmarkRow>();
        for (int i = 0; i < _request.Batches.Count; i++)
        {
            int before = i;
            rows.AddRange(Measure(measured, _request.Batches[i], share => progress((before + share) / _request.Batches.Count, $"batch {_request.Batches[before]}")));
        }

        return new BenchmarkReport(_request, _engines.AsReadOnly(), rows.AsReadOnly());
    }

    /// <summary>Frees the compiled networks.</summary>
    public void Dispose()
    {
        foreach (var compiled in _compiled.Values)
        {
            compiled.Dispose();
        }
    }

    private MeasuredEngine Make(BenchmarkEngine engine)
    {
        if (engine == BenchmarkEngine.Eager)
        {
            return new MeasuredEngine(engine, Compiled: null, Seconds: 0, Bytes: 0, IsMeasured: true);
        }

        var precision = engine switch
        {
            BenchmarkEngine.Int8 => CompilePrecision.Int8,
            BenchmarkEngine.BFloat16 => CompilePrecision.BFloat16,
            _ => CompilePrecision.Float32,
        };
        using var random = precision == CompilePrecision.Int8 ? torch.randn(CalibrationPictureCount, _model.Options.InputChannels, _request.Height, _request.Width, dtype: torch.float32, device: torch.CPU) : null;
        long memory = ResidentBytes(), start = Stopwatch.GetTimestamp();
        var compiled = _model.Compile(_compile with { Precision = precision, CalibrationPictures = random }, _stop);
        _compiled.Add(engine, compiled);
        return new MeasuredEngine(
            engine, compiled.Report, Stopwatch.GetElapsedTime(start).TotalSeconds, ResidentBytes() - memory, compiled.Report.Precision == precision);
    }

    private BenchmarkRow[] Measure(BenchmarkEngine[] engines, int batch, Action<double> progress)
    {
        progress(0);
        using var pictures = torch.randn(batch, _model.Options.InputChannels, _request.Height, _request.Width, dtype: torch.float32, device: _device);
        long[] growth = [.. engines.Select(engine => WarmUp(engine, pictures))];
        var latencies = Array.ConvertAll(engines, _ => new List<double>());
        double[] seconds = new double[engines.Length];
        double slice = Math.Min(LongestTurnInSeconds, _request.Seconds / BenchmarkRequest.UsualRounds / engines.Length);
        for (int round = 0; round < BenchmarkRequest.LeastRounds || seconds.Sum() < _request.Seconds; round++)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                latencies[i].AddRange(Slice(engines[i], pictures, slice));
                seconds[i] += Stopwatch.GetElapsedTime(start).TotalSeconds;
                progress(Math.Min(1, seconds.Sum() / _request.Seconds));
            }
        }

        return [.. engines.Select((engine, i) => new BenchmarkRow(engine, batch, [.. latencies[i].Order()], latencies[i].Count * batch / seconds[i], growth[i]))];
    }

    private long WarmUp(BenchmarkEngine engine, Tensor pictures)
    {
        long before = ResidentBytes();
        for (int pass = 0; pass < WarmUpPasses; pass++)
        {
            _ = Pass(engine, pictures);
        }

        return Math.Max(0, ResidentBytes() - before);
    }

    /// <summary>All callers ask again and again until the time is over, once at least.</summary>
    private IEnumerable<double> Slice(BenchmarkEngine engine, Tensor pictures, double seconds)
    {
        if (_request.CallerCount == 1)
        {
            return Ask(engine, pictures, seconds);
        }

        var callers = Enumerable.Range(0, _request.CallerCount)
            .Select(_ => Task.Factory.StartNew(() => Ask(engine, pictures, seconds), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        return Task.WhenAll(callers).GetAwaiter().GetResult().SelectMany(latencies => latencies);
    }

    private List<double> Ask(BenchmarkEngine engine, Tensor pictures, double seconds)
    {
        var latencies = new List<double>();
        long start = Stopwatch.GetTimestamp();
        do
        {
            latencies.Add(Pass(engine, pictures));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return latencies;
    }

    /// <summary>One pass, in milliseconds. Logits are copied to the CPU, since work on other devices has only been ordered when a call returns.</summary>
    private double Pass(BenchmarkEngine engine, Tensor pictures)
    {
        _stop.ThrowIfCancellationRequested();
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        long start = Stopwatch.GetTimestamp();
        _ = (engine == BenchmarkEngine.Eager ? _model.call(pictures) : _compiled[engine].Forward(pictures)).cpu();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
