using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Inference;

/// <summary>What pictures go through: a model in evaluation mode, or a network compiled of it. It may be used by many threads at once.</summary>
internal sealed class NetworkRunner : IDisposable
{
    private readonly ResNetModel _model;
    private readonly CompiledResNet? _compiled;

    private NetworkRunner(ResNetModel model, CompiledResNet? compiled, string? note, IReadOnlyList<string>? unread = null)
    {
        _model = model;
        _compiled = compiled;
        Report = new EngineReport(compiled?.Report, note) { UnreadPictures = unread ?? [] };
    }

    /// <summary>What runs.</summary>
    public EngineReport Report { get; }

    /// <param name="model">The model, which stays the caller's; where a compiled network runs it is not needed any more.</param>
    /// <param name="preprocessing">How pictures are prepared, for those of the calibration.</param>
    /// <param name="options">What may run.</param>
    /// <param name="cancellationToken">Ends the compilation.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used, or no picture of the folder for the calibration can be read.</exception>
    /// <exception cref="NotSupportedException">A compiled network is demanded, but there is none that computes what the model does.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkRunner Of(ResNetModel model, Preprocessing preprocessing, EngineOptions options, CancellationToken cancellationToken = default)
    {
        options.EnsureValid();
        if (options.Choice == EngineChoice.Eager)
        {
            return new NetworkRunner(model, compiled: null, note: null);
        }

        PreparedSamples? samples = null;
        string? obstacle = Obstacle(model, options.Choice);
        if (obstacle is null)
        {
            samples = options.CalibrationFolder is null ? null : CalibrationFolder.Samples(options, preprocessing, cancellationToken);
            try
            {
                var compiled = model.Compile(samples is null ? options.Compile : options.Compile with { Samples = samples }, cancellationToken);
                return new NetworkRunner(model, compiled, note: null, samples?.Faults);
            }
            catch (NotSupportedException fault) when (options.Choice == EngineChoice.Auto)
            {
                obstacle = fault.Message.ReplaceLineEndings(" ");
            }
        }

        return options.Choice == EngineChoice.Auto
            ? new NetworkRunner(model, compiled: null, obstacle, samples?.Faults)
            : throw new NotSupportedException($"The network cannot be compiled: {obstacle}; use {nameof(EngineChoice)}.{nameof(EngineChoice.Auto)} to run the model itself.");
    }

    /// <param name="images">N×C×H×W on the model's device.</param>
    /// <returns>N×classes logits on the same device; the caller disposes them.</returns>
    public Tensor Forward(Tensor images) => _compiled is null ? _model.call(images) : _compiled.Forward(images);

    /// <summary>Frees the compiled network, not the model.</summary>
    public void Dispose() => _compiled?.Dispose();

    private static string? Obstacle(ResNetModel model, EngineChoice choice)
    {
        var first = model.parameters().First();
        if (choice == EngineChoice.Auto && first.device.type != DeviceType.CPU)
        {
            return $"it is on {first.device}, where a compiled network was never tried";
        }

        if (choice == EngineChoice.Auto && first.dtype != torch.ScalarType.Float32)
        {
            return $"its parameters are {first.dtype}, and a compiled network computes in float32 or less";
        }

        // A network that diverged gives NaN, which must not become a class; and a remembered self-check was of other weights.
        return FiniteValues.FirstBroken(model) is null ? null : "some of its parameters are no numbers (NaN or infinite), which a compiled network might hide";
    }
}
