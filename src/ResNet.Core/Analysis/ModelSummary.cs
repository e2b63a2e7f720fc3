using TorchSharp;

namespace ResNet.Analysis;

/// <summary>
/// Layers, parameters and multiply-adds of a network, as the last row of the paper's Table 1 counts them: one multiply-add for
/// every weight of a convolution or classifier at every position of its output. Bias, normalisation, pooling and additions are not counted.
/// </summary>
public sealed record ModelSummary
{
    private ModelSummary()
    {
    }

    /// <summary>Layers with parameters, in the order in which a picture passes them; a projection comes after its block's branch.</summary>
    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    /// <summary>Trainable parameters of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-adds for one picture: 4,089,184,256 for ResNet-50 at 224.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The paper's depth, <see cref="ResNetOptions.Depth"/>.</summary>
    public required int Depth { get; init; }

    /// <summary>Height and width of the picture, in pixels.</summary>
    public required int InputSize { get; init; }

    /// <summary>
    /// Measures a network by sending one black picture through it in evaluation mode on its own device. Weights, statistics and
    /// training flags stay as they were; no other thread may use the model meanwhile.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="inputSize">Height and width of the picture, 1 or more; default: 224.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is less than 1.</exception>
    public static ModelSummary Of(ResNetModel model, int inputSize = 224)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        var layers = LayerRecorder.Record(model, inputSize);
        return new ModelSummary
        {
            Layers = layers,
            Parameters = model.parameters().Sum(parameter => parameter.numel()),
            MultiplyAdds = layers.Sum(layer => layer.MultiplyAdds),
            Depth = model.Options.Depth,
            InputSize = inputSize,
        };
    }

    /// <summary>Measures the network that the options describe. It is built on the CPU for this; torch's random generator stays as it was.</summary>
    /// <param name="options">The network.</param>
    /// <param name="inputSize">Height and width of the picture, 1 or more; default: 224.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be built; every fault is listed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is less than 1.</exception>
    public static ModelSummary Of(ResNetOptions options, int inputSize = 224)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        Runtime.TorchRuntime.EnsureLoaded();
        using var generator = torch.get_rng_state();
        try
        {
            using var model = new ResNetModel(options);
            return Of(model, inputSize);
        }
        finally
        {
            torch.set_rng_state(generator);
        }
    }
}
