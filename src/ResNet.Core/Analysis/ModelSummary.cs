using TorchSharp;

namespace ResNet.Analysis;

/// <summary>
/// Layers, parameters, multiply-adds and memory of a network. Multiply-adds are counted as the last row of the paper's Table 1 counts them: one
/// for every weight of a convolution or classifier at every position of its output. Bias, normalisation, pooling and additions are not counted.
/// </summary>
public sealed record ModelSummary
{
    private ModelSummary()
    {
    }

    /// <summary>Layers with parameters, in the order in which a picture passes them; a projection comes after its block's branch.</summary>
    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    /// <summary>The stem and the stages with their receptive fields, from the first to the last.</summary>
    public required IReadOnlyList<StageGeometry> Stages { get; init; }

    /// <summary>Trainable parameters of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Memory of the trainable parameters, in bytes.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>Multiply-adds for one picture: 4,089,184,256 for ResNet-50 at 224.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>
    /// Memory of what all <see cref="Layers"/> put out for one picture, in bytes: about what training keeps of it for the backward pass.
    /// 88,915,872 for ResNet-50 at 224. Evaluation frees most of it on the way.
    /// </summary>
    /// <remarks>Twice as much, once for the outputs and once for their gradients, is what torchinfo calls the forward/backward pass size.</remarks>
    public required long ActivationBytes { get; init; }

    /// <summary>The paper's depth, <see cref="ResNetOptions.Depth"/>.</summary>
    public required int Depth { get; init; }

    /// <summary>Height of the picture, in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Width of the picture, in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>
    /// Measures a network by sending one black picture through it in evaluation mode on its own device. Weights, statistics and
    /// training flags stay as they were; no other thread may use the model meanwhile.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="inputHeight">Height of the picture, 1 or more; default: 224.</param>
    /// <param name="inputWidth">Width of the picture, 1 or more; default: null, the height.</param>
    /// <param name="cancellationToken">Stops it at the next layer.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Height or width is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ModelSummary Of(ResNetModel model, int inputHeight = 224, int? inputWidth = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputHeight, 1);
        int width = inputWidth ?? inputHeight;
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(inputWidth));
        var layers = LayerRecorder.Record(model, inputHeight, width, cancellationToken);
        return new ModelSummary
        {
            Layers = layers,
            Stages = StageGeometry.Of(model.Options),
            Parameters = model.parameters().Sum(parameter => parameter.numel()),
            ParameterBytes = model.parameters().Sum(parameter => parameter.numel() * parameter.ElementSize),
            MultiplyAdds = layers.Sum(layer => layer.MultiplyAdds),
            ActivationBytes = layers.Sum(layer => layer.ActivationBytes),
            Depth = model.Options.Depth,
            InputHeight = inputHeight,
            InputWidth = width,
        };
    }

    /// <summary>Measures the network that the options describe. It is built on the CPU for this; torch's random generator stays as it was.</summary>
    /// <param name="options">The network.</param>
    /// <param name="inputHeight">Height of the picture, 1 or more; default: 224.</param>
    /// <param name="inputWidth">Width of the picture, 1 or more; default: null, the height.</param>
    /// <param name="cancellationToken">Stops it at the next layer, once the network is built.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be built; every fault is listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Height or width is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ModelSummary Of(ResNetOptions options, int inputHeight = 224, int? inputWidth = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        cancellationToken.ThrowIfCancellationRequested();
        Runtime.TorchRuntime.EnsureLoaded();
        using var generator = torch.get_rng_state();
        try
        {
            using var model = new ResNetModel(options);
            return Of(model, inputHeight, inputWidth, cancellationToken);
        }
        finally
        {
            torch.set_rng_state(generator);
        }
    }
}
