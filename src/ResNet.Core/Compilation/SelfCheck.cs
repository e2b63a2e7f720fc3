using ResNet.Graph;
using TorchSharp;

namespace ResNet.Compilation;

/// <summary>
/// Compares engines with the model on two made-up pictures, one of noise and one smooth as photos are, and on the first of those of the calibration where there are any;
/// int8, which is made for pictures like those only, on them alone. Where an engine is wrong, the network is run once more layer by layer, to name the first one that is.
/// </summary>
internal sealed class SelfCheck(NetworkGraph folded, CompileOptions options, Func<Tensor, Tensor> reference) : IDisposable
{
    /// <summary>How many of the calibration's pictures are looked at.</summary>
    public const int SampleCount = 8;

    /// <summary>How many pictures are made up.</summary>
    public const int MadeUpCount = 2;

    private const int Seed = 20_151_210;

    private CheckedPictures? _madeUp;
    private CheckedPictures? _samples;

    /// <summary>
    /// Differences that rounding explains: measured 1e-6 to 1e-4 in float32 and 0.004 to 0.07 in bfloat16, from ResNet-18 to ResNet-1202 and wide ones, and on three
    /// hundred eights of CIFAR-10's test pictures, with the trained weights of three networks, at most 8e-6 and 0.07. Wrong kernels are off by a tenth and more. In int8
    /// 0.005 to 0.07 without training, to ResNet-152, and 0.08 in the mean of eights of CIFAR-10's test pictures with trained weights; of 1250 such eights, two exceed
    /// 0.3 in ResNet-32 and one in ResNet-20: pictures with numbers that the calibration cuts off.
    /// </summary>
    public static double Tolerance(CompilePrecision precision) => precision switch
    {
        CompilePrecision.Float32 => 1e-3,
        CompilePrecision.BFloat16 => 0.1,
        _ => 0.3,
    };

    public CheckVerdict Judge(InferenceEngine engine, CompiledEngine kind, CompilePrecision precision, int threadCount)
    {
        if (!options.SelfCheck)
        {
            return new CheckVerdict(Error: null, Fault: null, IsRemembered: false);
        }

        // The memory knows neither the pictures of a calibration nor the weights, on which it depends how far bytes are off.
        var memory = options.RemembersCheck && options.Samples is null
            ? CheckMemory.Of(folded.Options, kind, precision, threadCount, Height(folded.Options, options), Width(folded.Options, options)) : null;
        if (memory?.IsPassed == true)
        {
            return new CheckVerdict(Error: null, Fault: null, IsRemembered: true);
        }

        using var scope = torch.NewDisposeScope();
        double error = 0;
        foreach (var pictures in Pictures(precision))
        {
            if (!pictures.HasAnswers)
            {
                return new CheckVerdict(Error: null, $"the model's own logits{pictures.Name} are not finite, so that nothing can be compared", IsRemembered: false);
            }

            error = Math.Max(error, pictures.ErrorOf(engine));
            if (!(error <= Tolerance(precision)))
            {
                string layer = engine is FusedEngine fused ? fused.FirstWrongLayer(folded, pictures.Pictures, Tolerance(precision)) ?? "" : "";
                return new CheckVerdict(error, $"logits{pictures.Name} differ by {error:0.###} of their root mean square{layer}", IsRemembered: false);
            }
        }

        memory?.NotePassed();
        return new CheckVerdict(error, Fault: null, IsRemembered: false);
    }

    public void Dispose()
    {
        _madeUp?.Dispose();
        _samples?.Dispose();
    }

    /// <summary>The greatest difference as a fraction of the expected numbers' root mean square; infinite where a number is none.</summary>
    public static double Difference(Tensor expected, Tensor actual)
    {
        using var scope = torch.NewDisposeScope();
        double scale = Math.Sqrt(expected.@double().square().mean().item<double>());
        double difference = (expected.@double() - actual.@double()).abs().max().item<double>();
        return double.IsFinite(difference) ? difference / Math.Max(scale, 1e-30) : double.PositiveInfinity;
    }

    private IEnumerable<CheckedPictures> Pictures(CompilePrecision precision)
    {
        if (precision != CompilePrecision.Int8)
        {
            yield return _madeUp ??= new CheckedPictures("", MakeUp(folded.Options, options), reference);
        }

        if (options.Samples is { } samples)
        {
            yield return _samples ??= new CheckedPictures(" of the calibration's pictures", samples.Take(0, Math.Min(SampleCount, samples.Count)), reference);
        }
    }

    /// <summary>Of the made-up pictures.</summary>
    public static int Height(ResNetOptions network, CompileOptions options) => options.CheckHeight ?? DefaultSize(network);

    /// <summary>Of the made-up pictures.</summary>
    public static int Width(ResNetOptions network, CompileOptions options) => options.CheckWidth ?? DefaultSize(network);

    private static int DefaultSize(ResNetOptions network) => network.Stem == StemKind.ImageNet ? 224 : 32;

    /// <summary>Of a generator of our own: compiling must not change what torch's generator gives next.</summary>
    private static Tensor MakeUp(ResNetOptions network, CompileOptions options)
    {
        int height = Height(network, options), width = Width(network, options), channels = network.InputChannels;
        float[] pixels = new float[MadeUpCount * channels * height * width];
        var random = new Random(Seed);
        int index = 0;
        for (; index < pixels.Length / 2; index++)
        {
            pixels[index] = (float)((random.NextDouble() * 4) - 2);
        }

        for (int channel = 0; channel < channels; channel++)
        {
            double phase = random.NextDouble() * 6;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    pixels[index++] = (float)(Math.Sin((9.0 * x / width) + phase) + Math.Cos((7.0 * y / height) - phase));
                }
            }
        }

        return torch.tensor(pixels, [MadeUpCount, channels, height, width], dtype: torch.float32, device: torch.CPU);
    }
}
