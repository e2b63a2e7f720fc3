using ResNet.Layers;
using TorchSharp;
using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace ResNet.Analysis;

/// <summary>Notes what passes through the layers of a model while one picture is sent through it.</summary>
internal sealed class LayerRecorder
{
    private readonly List<LayerSummary> _layers = [];
    private readonly CancellationToken _cancellationToken;

    private LayerRecorder(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
    }

    public static IReadOnlyList<LayerSummary> Record(ResNetModel model, int height, int width, CancellationToken cancellationToken)
    {
        var recorder = new LayerRecorder(cancellationToken);
        var hooks = new List<Action>();
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var evaluation = new EvaluationMode(model);
        try
        {
            foreach (var (name, module) in model.named_modules())
            {
                recorder.Listen(name, module, hooks);
            }

            var weight = model.parameters().First();
            model.call(torch.zeros([1, model.Options.InputChannels, height, width], dtype: weight.dtype, device: weight.device));
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }

        return recorder._layers.AsReadOnly();
    }

    private void Listen(string name, Module module, List<Action> hooks)
    {
        LayerKind? kind = module switch
        {
            Convolution => LayerKind.Convolution,
            BatchNorm2d => LayerKind.BatchNormalization,
            Linear => LayerKind.Linear,
            _ => null,
        };
        if (kind is { } found && module is torch.nn.Module<Tensor, Tensor> layer)
        {
            var hook = layer.register_forward_hook((_, _, output) =>
            {
                _cancellationToken.ThrowIfCancellationRequested();
                _layers.Add(Summarize(name, found, layer, output));
                return output;
            });
            hooks.Add(hook.remove);
        }
    }

    private static LayerSummary Summarize(string name, LayerKind kind, Module layer, Tensor output)
    {
        int Side(int dimension) => output.dim() == 4 ? (int)output.shape[dimension] : 1;

        var shape = new MapShape((int)output.shape[1], Side(2), Side(3));
        long weightsPerOutput = layer switch
        {
            Convolution convolution => convolution.weight!.numel() / convolution.weight.shape[0],
            Linear linear => linear.weight!.shape[1],
            _ => 0,
        };
        return new LayerSummary(
            name, kind, shape, layer.parameters().Sum(parameter => parameter.numel()), shape.Size * weightsPerOutput, shape.Size * output.ElementSize);
    }
}
