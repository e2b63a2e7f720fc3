using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Blocks;

/// <summary>
/// Draws fresh weights (section 3.4, after "Delving Deep into Rectifiers"): normal with standard deviation √(2 / fan-out)
/// for convolutions. Batch normalisation starts at scale 1 and shift 0, which is how TorchSharp makes it.
/// </summary>
internal static class WeightInitializer
{
    public static void Initialize(Module network, Linear classifier, ResNetOptions options)
    {
        foreach (var module in network.modules())
        {
            if (module is Convolution convolution)
            {
                init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
            }
        }

        InitializeClassifier(classifier, options.Initialization);
        if (options.ZeroInitResidual)
        {
            using var noGrad = torch.no_grad();
            foreach (var scale in LastScales(network, options))
            {
                scale.zero_();
            }
        }
    }

    /// <summary>The scales of the normalisations that end the branches of residual blocks; none where nothing is added, or the activation comes first.</summary>
    public static IEnumerable<Parameter> LastScales(Module network, ResNetOptions options)
    {
        string name = options.Block == BlockKind.Basic ? "bn2.weight" : "bn3.weight";
        return !options.Residual || options.PreActivation ? [] : network.named_parameters()
            .Where(parameter => parameter.name.StartsWith("layer", StringComparison.Ordinal) && parameter.name.EndsWith(name, StringComparison.Ordinal))
            .Select(parameter => parameter.parameter);
    }

    /// <summary>Draws a classifier, fresh or replaced; TorchSharp has drawn it as torchvision would.</summary>
    public static void InitializeClassifier(Linear classifier, Initialization initialization)
    {
        if (initialization == Initialization.Paper)
        {
            init.kaiming_normal_(classifier.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
            init.zeros_(classifier.bias!);
        }
    }
}
