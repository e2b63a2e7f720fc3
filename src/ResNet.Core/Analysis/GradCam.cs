using System.Runtime.InteropServices;
using ResNet.Layers;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Analysis;

/// <summary>
/// Gradient-weighted class activation mapping ("Grad-CAM", Selvaraju et al. 2017) at the last stage: the channels of its map, each weighted by how
/// much the class's score rises with it, added up, and only what speaks for the class kept.
/// </summary>
/// <remarks>
/// Between the last stage and the scores stand only an average and a linear layer, so the result is that of class activation mapping (Zhou et al.
/// 2016) but for the scale. It says where the network found the class, not whether it is right.
/// </remarks>
public static class GradCam
{
    /// <summary>
    /// Explains one picture, in evaluation mode. Weights, their gradients, statistics and training flags stay as they were; no other thread may use the
    /// model meanwhile. It may be called within <c>no_grad</c> and <c>inference_mode</c> too.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="image">The picture: 1×C×H×W on the network's device, normalised as the weights expect. It stays the caller's.</param>
    /// <param name="classIndex">The class to explain, from 0. Default: null, the most probable one.</param>
    /// <returns>The map, as large as the picture.</returns>
    /// <exception cref="ArgumentException">It is not one picture of the network's channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The network has no such class.</exception>
    public static ClassActivationMap Of(ResNetModel model, Tensor image, int? classIndex = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(image);
        if (image.dim() != 4 || image.shape[0] != 1 || image.shape[1] != model.Options.InputChannels)
        {
            throw new ArgumentException(
                $"The picture has the shape [{string.Join(", ", image.shape)}], but one picture of {model.Options.InputChannels} channels is explained at a time; "
                + $"give [1, {model.Options.InputChannels}, height, width].",
                nameof(image));
        }

        if (classIndex is { } index && (index < 0 || index >= model.Options.ClassCount))
        {
            throw new ArgumentOutOfRangeException(
                nameof(classIndex), index, $"The network has {model.Options.ClassCount} classes, so the index must be 0 to {model.Options.ClassCount - 1}.");
        }

        using var scope = torch.NewDisposeScope();
        using var evaluation = new EvaluationMode(model);
        using var recording = torch.inference_mode(false);
        var map = LastMap(model, image);
        var (explained, probability, gradient) = Differentiate(model, map, classIndex);
        using var noGradient = torch.no_grad();
        var weights = gradient.mean([2, 3], keepdim: true);
        var coarse = (weights * map.detach()).sum(1, keepdim: true).relu_().to(torch.float32);
        var fine = torch.nn.functional.interpolate(coarse, [image.shape[2], image.shape[3]], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        float most = fine.max().item<float>();
        var values = most > 0 ? fine / most : fine;
        return new ClassActivationMap(
            explained, probability, (int)image.shape[3], (int)image.shape[2], ToArray(values), ToArray(coarse), (int)coarse.shape[3], (int)coarse.shape[2]);
    }

    /// <summary>What leads to the last map needs no gradients, so nothing of it is kept.</summary>
    private static Tensor LastMap(ResNetModel model, Tensor image)
    {
        using var noGradient = torch.no_grad();
        return model.ForwardStages(image)[^1];
    }

    private static (int Class, double Probability, Tensor Gradient) Differentiate(ResNetModel model, Tensor map, int? classIndex)
    {
        using var gradients = torch.enable_grad();
        map.requires_grad_(true);
        var classifier = (Linear)model.named_children().Single(child => child.name == "fc").module;
        var scores = classifier.call(map.mean([2, 3]));
        int explained = classIndex ?? (int)scores.argmax(1).item<long>();

        // Asked for by name, so that the classifier's own gradients are not touched.
        var gradient = torch.autograd.grad([scores[0, explained]], [map])[0];
        return (explained, scores.detach().to(torch.float64).softmax(1)[0, explained].item<double>(), gradient);
    }

    private static float[] ToArray(Tensor values) => MemoryMarshal.Cast<byte, float>(values.cpu().contiguous().bytes).ToArray();
}
