using Microsoft.ML.OnnxRuntime;
using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Somebody's way to run a network on pictures, ready to be timed.</summary>
internal sealed class Contestant : IDisposable
{
    public const string Naive = "naive";
    public const string OnnxRuntime = "ONNX Runtime";
    public const string OnnxRuntimeQuiet = "ONNX Runtime, no spinning";
    public const string Float32 = "float32";
    public const string BFloat16 = "bfloat16";
    public const string Int8 = "int8";

    /// <summary>Pictures that int8 is calibrated on: enough for times, each takes longer than a pass of the model.</summary>
    private const int SampleCount = 2;

    private readonly IDisposable[] _parts;

    private Contestant(Action run, params IDisposable[] parts)
    {
        Run = run;
        _parts = parts;
    }

    /// <summary>Everybody.</summary>
    public static IReadOnlyList<string> All { get; } = [Naive, OnnxRuntime, OnnxRuntimeQuiet, Float32, BFloat16, Int8];

    /// <summary>One forward pass.</summary>
    public Action Run { get; }

    /// <summary>Whether it is this library's compiled network.</summary>
    public static bool IsOurs(string variant) => variant is Float32 or BFloat16 or Int8;

    public static Contestant Create(string variant, string network, int batch)
    {
        float[] pictures = InferenceNetworks.Pictures(batch);
        return variant switch
        {
            Naive => OfNaive(network, pictures, batch),
            OnnxRuntime => OfOnnxRuntime(network, pictures, batch, spins: true),
            OnnxRuntimeQuiet => OfOnnxRuntime(network, pictures, batch, spins: false),
            Float32 => OfCompiled(network, pictures, batch, CompilePrecision.Float32),
            BFloat16 => OfCompiled(network, pictures, batch, CompilePrecision.BFloat16),
            Int8 => OfCompiled(network, pictures, batch, CompilePrecision.Int8),
            _ => throw new ArgumentException($"There is no contestant '{variant}'.", nameof(variant)),
        };
    }

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }

    private static Contestant OfNaive(string network, float[] pictures, int batch)
    {
        var model = Networks.Naive(network);
        model.eval();
        var input = torch.tensor(pictures, [batch, 3, InferenceNetworks.Size, InferenceNetworks.Size]);
        return new Contestant(
            () =>
            {
                using var none = torch.no_grad();
                using var scope = torch.NewDisposeScope();
                _ = model.call(input);
            },
            model,
            input);
    }

    private static Contestant OfOnnxRuntime(string network, float[] pictures, int batch, bool spins)
    {
        var session = OnnxModels.Open(network, spins);
        var input = OrtValue.CreateTensorValueFromMemory(pictures, [batch, 3, InferenceNetworks.Size, InferenceNetworks.Size]);
        var options = new RunOptions();
        string[] inputs = [.. session.InputNames], outputs = [.. session.OutputNames];
        return new Contestant(
            () =>
            {
                using var results = session.Run(options, inputs, [input], outputs);
            },
            session,
            input,
            options);
    }

    private static Contestant OfCompiled(string network, float[] pictures, int batch, CompilePrecision precision)
    {
        using var model = InferenceNetworks.Build(network);
        using var samples = torch.tensor(InferenceNetworks.Pictures(SampleCount), [SampleCount, 3, InferenceNetworks.Size, InferenceNetworks.Size]);
        var compiled = model.Compile(new CompileOptions { Precision = precision, ThreadCount = InferenceNetworks.ThreadCount, CalibrationPictures = precision == CompilePrecision.Int8 ? samples : null });
        if (compiled.Report.Engine != CompiledEngine.Fused || compiled.Report.Precision != precision)
        {
            throw new InvalidOperationException($"The fused engine in {precision} is not there: {compiled.Report}");
        }

        float[] logits = new float[batch * compiled.Options.ClassCount];
        return new Contestant(() => compiled.Forward(pictures, InferenceNetworks.Size, InferenceNetworks.Size, logits), compiled);
    }
}
