using ResNet.Layers;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Analysis;

/// <summary>
/// The responses of a network's 3×3 layers: their standard deviations after batch normalisation and before the nonlinearity or addition, as the
/// paper's Figure 7 shows them (section 4.2). They tell how much the residual functions change what passes by them.
/// </summary>
public static class LayerResponses
{
    /// <summary>Measures a network in evaluation mode. Weights, statistics and training flags stay as they were; no map is kept.</summary>
    /// <param name="model">The network; no other thread may use it meanwhile.</param>
    /// <param name="images">
    /// Batches N×C×H×W on the network's device, normalised as the weights expect. They stay the caller's: a batch may be disposed when the next
    /// one is asked for. Which pictures share a batch changes nothing but the last digits.
    /// </param>
    /// <param name="cancellationToken">Stops it at the next layer.</param>
    /// <returns>One response for each 3×3 convolution, in the order in which a picture passes them; the 7×7 stem and 1×1 convolutions are none.</returns>
    /// <exception cref="ArgumentException">There is no picture, or pictures have other channels than the network takes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<LayerResponse> Measure(ResNetModel model, IEnumerable<Tensor> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var hooks = new List<Action>();
        using var evaluation = new EvaluationMode(model);
        try
        {
            var layers = Listen(model, hooks, cancellationToken);
            foreach (var batch in images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Run(model, batch);
            }

            // A plain network of bottlenecks has its 3x3 layers too; only a network without any stage would not.
            return layers[0].Moments.Count == 0
                ? throw new ArgumentException("There are no pictures to measure responses on; give at least one batch.", nameof(images))
                : [.. layers.Select(layer => ToResponse(layer.Name, layer.Moments, model.Options))];
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }
    }

    private static void Run(ResNetModel model, Tensor batch)
    {
        if (batch.dim() != 4 || batch.shape[1] != model.Options.InputChannels)
        {
            throw new ArgumentException(
                $"The network takes N×{model.Options.InputChannels}×H×W, but a batch is {string.Join('×', batch.shape)}; give pictures of as many channels.", nameof(batch));
        }

        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        _ = model.ForwardFeatures(batch);
    }

    private static List<(string Name, RunningMoments Moments)> Listen(ResNetModel model, List<Action> hooks, CancellationToken cancellationToken)
    {
        var modules = model.named_modules().ToDictionary(child => child.name, child => child.module);
        List<(string, RunningMoments)> layers = [];
        foreach (var (name, module) in model.named_modules())
        {
            if (module is not Convolution { weight.shape: [_, _, 3, 3] })
            {
                continue;
            }

            // In post-activation networks the normalisation of conv2 is the bn2 beside it.
            var moments = new RunningMoments();
            string measured = model.Options.PreActivation ? name : name.Replace("conv", "bn", StringComparison.Ordinal);
            var hook = ((torch.nn.Module<Tensor, Tensor>)modules[measured]).register_forward_hook((_, _, output) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                moments.Add(output);
                return output;
            });
            hooks.Add(hook.remove);
            layers.Add((name, moments));
        }

        return layers;
    }

    private static LayerResponse ToResponse(string name, RunningMoments moments, ResNetOptions options) =>
        new(name, moments.StandardDeviation, moments.Mean, moments.Count, IsNormalized: !options.PreActivation);
}
