using ResNet.Graph;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Compilation;

/// <summary>Tries the ways to run a network, the fastest first, and takes the first one that is there and right.</summary>
internal sealed class NetworkCompiler
{
    private readonly NetworkGraph _folded;
    private readonly CompileOptions _options;
    private readonly Device _device;
    private readonly SelfCheck _check;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _notes = [];
    private readonly int _threadCount;

    private NetworkCompiler(NetworkGraph folded, Device device, CompileOptions options, SelfCheck check, CancellationToken cancellationToken)
    {
        _folded = folded;
        _device = device;
        _options = options;
        _check = check;
        _cancellationToken = cancellationToken;
        _threadCount = options.ThreadCount ?? ProcessorLimit.Threads(torch.get_num_threads());
    }

    /// <param name="folded">The network, folded.</param>
    /// <param name="device">Where the model lives.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="reference">The model in evaluation mode.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    public static CompiledResNet Compile(
        NetworkGraph folded, Device device, CompileOptions options, Func<Tensor, Tensor> reference, CancellationToken cancellationToken)
    {
        using var check = new SelfCheck(folded, device, options, reference);
        return new NetworkCompiler(folded, device, options, check, cancellationToken).Choose();
    }

    private CompiledResNet Choose()
    {
        foreach (var precision in Precisions())
        {
            if (MayFuse(precision) && Try(CompiledEngine.Fused, precision) is { } fused)
            {
                return fused;
            }

            // Torch has no operations for bytes; bfloat16 without instructions for it takes many times as long as float32.
            bool folds = precision == CompilePrecision.Float32 || (precision == CompilePrecision.BFloat16 && (_device.type != DeviceType.CPU || CpuFeatures.HasBFloat16));
            if (folds && Try(CompiledEngine.Folded, precision) is { } torch)
            {
                return torch;
            }
        }

        throw new NotSupportedException(
            "No compiled form of this network computes what the network does on this machine. Use the model itself, which is slower, and report this with the output of "
            + $"'resnet doctor'.{string.Concat(_notes.Select(note => $"\n- {note}"))}");
    }

    private IEnumerable<CompilePrecision> Precisions() => _options.Precision switch
    {
        CompilePrecision.Float32 => [CompilePrecision.Float32],
        CompilePrecision.BFloat16 => [CompilePrecision.BFloat16, CompilePrecision.Float32],
        _ => [CompilePrecision.Int8, CompilePrecision.BFloat16, CompilePrecision.Float32],
    };

    private bool MayFuse(CompilePrecision precision)
    {
        if (!_options.AllowFused || _device.type != DeviceType.CPU)
        {
            if (precision == CompilePrecision.Int8)
            {
                _notes.Add("int8 is for the fused engine only");
            }

            return false;
        }

        bool isThere = BlockProduct.Has(FloatingKind(precision)) && (precision != CompilePrecision.Int8 || BlockProduct.Has(NumberKind.Int8));
        if (!isThere)
        {
            string needed = precision switch
            {
                CompilePrecision.Float32 => "AVX2",
                CompilePrecision.BFloat16 => "AVX-512 BF16",
                _ => "AVX-512 VNNI",
            };
            _notes.Add($"the fused engine in {precision.Name()} needs x64 Linux, a processor with {needed}, and the libtorch that this library was made for");
        }

        return isThere;
    }

    private CompiledResNet? Try(CompiledEngine kind, CompilePrecision precision)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        InferenceEngine engine;
        try
        {
            engine = Build(_folded, kind, precision);
        }
        catch (NotSupportedException fault)
        {
            _notes.Add(fault.Message);
            return null;
        }

        try
        {
            var verdict = _check.Judge(engine, kind, precision, _threadCount, graph => Build(graph, kind, precision));
            if (verdict.Fault is null)
            {
                return new CompiledResNet(_folded.Options, engine, new CompileReport(kind, precision, verdict.Error, verdict.IsRemembered, _notes.AsReadOnly()));
            }

            _notes.Add($"{(kind == CompiledEngine.Fused ? "the fused engine" : "torch on folded weights")} in {precision.Name()} is wrong on this machine: {verdict.Fault}");
        }
        catch
        {
            engine.Dispose();
            throw;
        }

        engine.Dispose();
        return null;
    }

    private InferenceEngine Build(NetworkGraph graph, CompiledEngine kind, CompilePrecision precision)
    {
        if (kind == CompiledEngine.Folded)
        {
            return new TorchEngine(graph, _device, precision == CompilePrecision.Float32 ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16);
        }

        var team = ComputeTeam.Of(_threadCount, _options.PinThreads ?? ThreadPlacement.IsWanted);
        var fused = NetworkFuser.Fuse(graph, FloatingKind(precision), Steps(precision), _cancellationToken);
        return new FusedEngine(fused, _folded.Options.ClassCount, _folded.Options.InputChannels, team);
    }

    private IReadOnlyDictionary<int, float>? Steps(CompilePrecision precision)
    {
        if (precision != CompilePrecision.Int8)
        {
            return null;
        }

        return _folded.Options.PreActivation
            ? throw new NotSupportedException("int8 is for networks whose maps come from a ReLU; in pre-activation networks they do not")
            : MapCalibration.Steps(_folded, _options.Samples!, _options.CalibrationProgress, _cancellationToken);
    }

    /// <summary>How the maps are stored; with bytes, the few that are none.</summary>
    private static NumberKind FloatingKind(CompilePrecision precision) =>
        precision == CompilePrecision.BFloat16 || (precision == CompilePrecision.Int8 && BlockProduct.Has(NumberKind.BFloat16)) ? NumberKind.BFloat16 : NumberKind.Float32;
}
