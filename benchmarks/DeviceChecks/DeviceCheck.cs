using System.Diagnostics;
using ResNet.Benchmarks.Workloads;
using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Runtime;
using ResNet.TestSupport;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.DeviceChecks;

/// <summary>
/// Holds a device against the CPU: logits of every kind of network in three precisions, compiled networks, ten crops, training, memory, and images a second. Weights and images are made of names by
/// the reference data's rule, so that nothing is needed but the program.
/// </summary>
internal sealed class DeviceCheck(Device device, bool isQuick)
{
    private const double Float32Bound = 1e-3;
    private const double TensorFloat32Bound = 0.0125;
    private const double BFloat16Bound = 0.1;
    private const int MemorySteps = 300;
    private const double MaxGrowthMiB = 16;

    private readonly DeviceReport _report = new(device);

    public static int Run(string deviceName, string? file, bool isQuick)
    {
        var device = DeviceSelector.Parse(deviceName);
        var check = new DeviceCheck(device, isQuick);
        check.RunAll();
        string page = check._report.ToMarkdown();
        if (file is not null)
        {
            File.WriteAllText(file, page);
        }

        Console.WriteLine(check._report.IsRight ? "All is right." : "Something is wrong.");
        return check._report.IsRight ? 0 : 1;
    }

    private void RunAll()
    {
        foreach (var (name, options) in DeviceNetworks.Chosen(isQuick))
        {
            Compare(name, options);
        }

        _report.Check("ten crops through the classifier", TenCrops);
        _report.Check("short training", Training);
        _report.Check($"memory over {MemorySteps} training steps", Memory);
        foreach (string name in isQuick ? (string[])["resnet20-cifar-a"] : ["resnet20-cifar-a", "resnet18", "resnet50"])
        {
            Measure(name, DeviceNetworks.Chosen(isQuick: false).Single(network => network.Key == name).Value);
        }
    }

    private void Compare(string name, ResNetOptions options)
    {
        using var model = new ResNetModel(options);
        FillRule.Fill(model, DeviceNetworks.NormScale(name));
        model.eval();
        using var images = FillRule.Input("input", DeviceNetworks.Input(options));
        using var expected = Logits(() => model.call(images));
        model.to(device);
        bool allowed = TorchRuntime.AllowTensorFloat32;
        try
        {
            foreach (bool isTensorFloat32 in (bool[])[false, true])
            {
                TorchRuntime.AllowTensorFloat32 = isTensorFloat32;
                double bound = isTensorFloat32 ? TensorFloat32Bound : Float32Bound;
                _report.Check($"{name}, {(isTensorFloat32 ? "TensorFloat32" : "float32")}", () => Against(expected, () => model.call(images.to(device)), bound));
            }
        }
        finally
        {
            TorchRuntime.AllowTensorFloat32 = allowed;
        }

        _report.Check($"{name}, bfloat16 by autocast", () => Against(expected, () => InBFloat16(model, images), BFloat16Bound));
        foreach (var precision in (CompilePrecision[])[CompilePrecision.Float32, CompilePrecision.BFloat16])
        {
            _report.Check($"{name}, compiled in {precision}", () =>
            {
                using var compiled = model.Compile(new CompileOptions { Precision = precision, RemembersCheck = false });
                var (result, isRight) = Against(expected, () => compiled.Forward(images), compiled.Report.Precision == CompilePrecision.BFloat16 ? BFloat16Bound : TensorFloat32Bound);
                return ($"{result} ({compiled.Report})", isRight);
            });
        }
    }

    private Tensor InBFloat16(ResNetModel model, Tensor images)
    {
        using var autocast = Autocast.Begin(device.type, torch.ScalarType.BFloat16);
        return model.call(images.to(device));
    }

    private static (FormattableString Result, bool IsRight) Against(Tensor expected, Func<Tensor> forward, double bound)
    {
        using var actual = Logits(forward);
        double error = SelfCheck.Difference(expected, actual);
        return ($"off by {error:E1} of the root mean square (at most {bound})", error <= bound);
    }

    private static Tensor Logits(Func<Tensor> forward)
    {
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        return forward().to(torch.ScalarType.Float32, torch.CPU).MoveToOuterDisposeScope();
    }

    private (FormattableString Result, bool IsRight) TenCrops()
    {
        var image = new RgbImage(500, 375, [.. Enumerable.Range(0, 3 * 500 * 375).Select(i => (byte)((FillRule.Noise(1, (uint)i / 999) + 1) * 127))]);
        float[] Scores(Device where)
        {
            var model = new ResNetModel(ResNetOptions.ResNet18 with { ClassCount = 10 });
            FillRule.Fill(model, 0.8);
            model.to(where);
            using var classifier = new ImageClassifier(model, Preprocessing.ImageNet with { Crops = TestCrops.Ten }, engine: EngineOptions.Eager);
            return [.. classifier.Classify(image, 10).OrderBy(prediction => prediction.Index).Select(prediction => prediction.Probability)];
        }

        double difference = Scores(torch.CPU).Zip(Scores(device), (first, second) => Math.Abs(first - second)).Max();
        return ($"scores differ by {difference:E1} (at most 0.002)", difference <= 2e-3);
    }

    private (FormattableString Result, bool IsRight) Training()
    {
        torch.random.manual_seed(0);
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = 12 }, device);
        var losses = new List<double>();
        var options = TrainingOptions.Shapes with { Iterations = isQuick ? 40 : 400, BatchSize = 32, Precision = Precision.Auto };
        var result = new Trainer(model, options).Fit(new SyntheticShapes(384, 32, 0), null, new LossProgress(losses));
        double first = losses[0], last = losses.TakeLast(10).Average();
        return ($"loss {first:0.000} at first, {last:0.000} at the end of {result.Iterations} iterations", last < 0.9 * first);
    }

    private (FormattableString Result, bool IsRight) Memory()
    {
        torch.random.manual_seed(0);
        using var model = new ResNetModel(ResNetOptions.Cifar(20), device);
        using var images = FillRule.Input("input", [16, 3, 32, 32]).to(device);
        using var labels = torch.randint(10, [16], dtype: torch.int64).to(device);
        using var trainer = new TrainerSteps(model, 16, 32, Precision.Auto);
        using var arranged = trainer.Arrange(images);
        Repeat(50);
        (long live, double memory) = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, DeviceMemory.MiB(device));
        Repeat(MemorySteps);
        long left = DisposeScopeManager.Statistics.ThreadTotalLiveCount - live;
        double growth = DeviceMemory.MiB(device) - memory;
        return ($"{growth:0.0} MiB more (at most {MaxGrowthMiB}), {left} tensors more; {trainer.Path.Reason}", growth <= MaxGrowthMiB && left == 0);

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                trainer.Step(arranged, labels);
            }
        }
    }

    private void Measure(string name, ResNetOptions options)
    {
        using var model = new ResNetModel(options, device);
        model.eval();
        int batch = options.Stem == StemKind.Cifar ? 128 : 32, size = options.Stem == StemKind.Cifar ? 32 : 224;
        using var images = FillRule.Input("input", [batch, 3, size, size]).to(device);
        _report.Check($"{name}, inference, the model itself", () => Rate(batch, () => Logits(() => model.call(images)).Dispose()));
        _report.Check($"{name}, inference, compiled in bfloat16", () =>
        {
            using var compiled = model.Compile(new CompileOptions { Precision = CompilePrecision.BFloat16, RemembersCheck = false });
            return Rate(batch, () => Logits(() => compiled.Forward(images)).Dispose());
        });
        _report.Check($"{name}, training, Auto", () =>
        {
            using var labels = torch.randint(options.ClassCount, [batch], dtype: torch.int64).to(device);
            using var trainer = new TrainerSteps(model, batch, size, Precision.Auto);
            using var arranged = trainer.Arrange(images);
            return Rate(batch, () => trainer.Step(arranged, labels));
        });
    }

    private static (FormattableString Result, bool IsRight) Rate(int batch, Action run)
    {
        run();
        run();
        var clock = Stopwatch.StartNew();
        int count = 0;
        for (; count < 3 || clock.ElapsedMilliseconds < 1000; count++)
        {
            run();
        }

        return ($"{batch * count / clock.Elapsed.TotalSeconds:0} images/s at batch {batch}", true);
    }
}
