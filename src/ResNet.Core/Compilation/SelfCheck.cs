using System.Runtime.InteropServices;
using ResNet.Graph;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Compilation;

/// <summary>
/// Compares engines with the model on generated images, of two sizes and alone as well as together, and on the first of those of the calibration where there are any;
/// int8, which is made for images like those only, on them alone. Where weights are zero, and so no comparison could show what the kernels compute of them, an engine
/// made of a <see cref="SensitiveGraph"/> is compared with double precision as well. Where an engine is wrong, the network is run once more layer by layer, to name the first one that is.
/// </summary>
internal sealed class SelfCheck(NetworkGraph folded, Device device, CompileOptions options, Func<Tensor, Tensor> reference) : IDisposable
{
    /// <summary>How many of the calibration's images are looked at.</summary>
    public const int SampleCount = 8;

    private const string OfOddSize = " of an image of odd size";

    private readonly List<CheckedImages> _generated = [];
    private readonly List<CheckedImages> _sensitiveImages = [];
    private readonly Lazy<NetworkGraph?> _sensitive = new(() => SensitiveGraph.Of(folded));
    private CheckedImages? _samples;

    /// <summary>
    /// Differences that rounding explains: measured 1e-6 to 1e-4 in float32 and 0.004 to 0.07 in bfloat16, from ResNet-18 to ResNet-1202 and wide ones, and on three
    /// hundred eights of CIFAR-10's test images, with the trained weights of three networks, at most 8e-6 and 0.07. Wrong kernels are off by a tenth and more. In int8
    /// 0.005 to 0.07 without training, to ResNet-152, and 0.08 in the mean of eights of CIFAR-10's test images with trained weights; of 1250 such eights, two exceed
    /// 0.3 in ResNet-32 and one in ResNet-20: images with values that the calibration cuts off. TensorFloat32, in which CUDA may compute what is float32 in name, has three bits
    /// more than bfloat16, and gets an eighth of its tolerance.
    /// </summary>
    public static double Tolerance(CompilePrecision precision, bool isTensorFloat32 = false) => precision switch
    {
        CompilePrecision.Float32 => isTensorFloat32 ? 0.0125 : 1e-3,
        CompilePrecision.BFloat16 => 0.1,
        _ => 0.3,
    };

    /// <param name="engine">What is judged.</param>
    /// <param name="kind">What it runs on.</param>
    /// <param name="precision">What it computes in.</param>
    /// <param name="threadCount">Threads of a forward pass.</param>
    /// <param name="build">Makes the same engine of another graph; it is disposed here.</param>
    public CheckVerdict Judge(InferenceEngine engine, CompiledEngine kind, CompilePrecision precision, int threadCount, Func<NetworkGraph, InferenceEngine> build)
    {
        if (!options.SelfCheck)
        {
            return new CheckVerdict(Error: null, Fault: null, IsRemembered: false);
        }

        // The memory knows neither the images of a calibration nor the weights, on which it depends how far bytes are off.
        var memory = options.RemembersCheck && options.Samples is null
            ? CheckMemory.Of(folded.Options, device, kind, precision, threadCount, CheckImages.Height(folded.Options, options), CheckImages.Width(folded.Options, options)) : null;
        if (memory?.IsPassed == true)
        {
            return new CheckVerdict(Error: null, Fault: null, IsRemembered: true);
        }

        var verdict = Compare(engine, folded, Images(precision), precision);
        if (verdict.Fault is null && precision != CompilePrecision.Int8 && _sensitive.Value is { } sensitive)
        {
            using var other = build(sensitive);
            var shown = Compare(other, sensitive, SensitiveImages(sensitive), precision);
            verdict = shown.Fault is null ? verdict : shown;
        }

        if (verdict.Fault is null)
        {
            memory?.NotePassed();
        }

        return verdict;
    }

    public void Dispose()
    {
        foreach (var images in (CheckedImages?[])[.. _generated, .. _sensitiveImages, _samples])
        {
            images?.Dispose();
        }
    }

    /// <summary>The greatest difference as a fraction of the expected values' root mean square; infinite where one is not finite.</summary>
    public static double Difference(Tensor expected, Tensor actual)
    {
        using var scope = torch.NewDisposeScope();
        double scale = Math.Sqrt(expected.@double().square().mean().item<double>());
        double difference = (expected.@double() - actual.@double()).abs().max().item<double>();
        return double.IsFinite(difference) ? difference / Math.Max(scale, 1e-30) : double.PositiveInfinity;
    }

    private CheckVerdict Compare(InferenceEngine engine, NetworkGraph graph, IEnumerable<CheckedImages> kinds, CompilePrecision precision)
    {
        using var scope = torch.NewDisposeScope();
        double tolerance = Tolerance(precision, KernelEnvironment.UsesTensorFloat32(device.type)), error = 0;
        foreach (var images in kinds)
        {
            if (!images.HasAnswers)
            {
                return new CheckVerdict(Error: null, $"the model's own logits{images.Name} are not finite, so that nothing can be compared", IsRemembered: false);
            }

            try
            {
                error = Math.Max(error, images.ErrorOf(engine));
            }
            catch (ExternalException failure)
            {
                // Libraries of GPUs throw where a device has no kernels for a type.
                return new CheckVerdict(Error: null, $"it fails with '{failure.Message.Split('\n')[0]}'", IsRemembered: false);
            }

            if (!(error <= tolerance))
            {
                string layer = engine is FusedEngine fused ? fused.FirstWrongLayer(graph, images.Images, tolerance) ?? "" : "";
                return new CheckVerdict(error, $"logits{images.Name} differ by {error:0.###} of their root mean square{layer}", IsRemembered: false);
            }
        }

        return new CheckVerdict(error, Fault: null, IsRemembered: false);
    }

    private IEnumerable<CheckedImages> Images(CompilePrecision precision)
    {
        for (int i = 0; i < 2 && precision != CompilePrecision.Int8; i++)
        {
            if (_generated.Count == i)
            {
                _generated.Add(i == 0
                    ? new CheckedImages("", CheckImages.Usual(folded.Options, options), reference) : new CheckedImages(OfOddSize, CheckImages.Odd(folded.Options, options), reference));
            }

            yield return _generated[i];
        }

        if (options.Samples is { } samples)
        {
            yield return _samples ??= new CheckedImages(" of the calibration's images", samples.Take(0, Math.Min(SampleCount, samples.Count)), reference);
        }
    }

    /// <summary>The model has other weights, so double precision says what is right.</summary>
    private List<CheckedImages> SensitiveImages(NetworkGraph sensitive)
    {
        if (_sensitiveImages.Count == 0)
        {
            using var exact = new TorchEngine(sensitive, device, torch.ScalarType.Float64);
            const string with = " with weights in place of those that are zero";
            _sensitiveImages.Add(new CheckedImages(with, CheckImages.Usual(folded.Options, options), exact.Forward));
            _sensitiveImages.Add(new CheckedImages(OfOddSize + with, CheckImages.Odd(folded.Options, options), exact.Forward));
        }

        return _sensitiveImages;
    }
}
