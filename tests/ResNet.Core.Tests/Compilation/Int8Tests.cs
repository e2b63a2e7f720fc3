using ResNet.Compilation;
using ResNet.Graph;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

public sealed class Int8Tests
{
    private const double Rounding = 0.1;

    private static readonly CompileOptions Unchecked = new() { Precision = CompilePrecision.Int8, SelfCheck = false };

    public static TheoryData<string> Networks { get; } = new(CompiledNetworks.Kinds.Where(kind => !kind.Value.PreActivation).Select(kind => kind.Key));

    public static TheoryData<string> PreActivationNetworks { get; } = new(CompiledNetworks.Kinds.Where(kind => kind.Value.PreActivation).Select(kind => kind.Key));

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Int8_computes_what_the_model_computes_up_to_its_rounding(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        foreach (var (count, height, width) in new[] { (1, 32, 32), (3, 40, 33), (2, 17, 71), (1, 5, 3) })
        {
            var pictures = CompiledNetworks.Pictures(options, count, height, width);
            using var compiled = model.Compile(Unchecked with { CalibrationPictures = pictures });
            SkipUnlessInt8(compiled);

            var actual = compiled.Forward(pictures);

            SelfCheck.Difference(Expected(model, pictures), actual).Should().BeLessThan(Rounding, $"pictures are {count} of {width}x{height}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Int8_with_float32_around_it_serves_processors_without_bfloat16(string kind)
    {
        Skip.IfNot(BlockProduct.Has(NumberKind.Int8), "there is no kernel for bytes");
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 2, 40, 33);
        var folded = model.Graph().Folded();
        var steps = MapCalibration.Steps(folded, new TensorSamples(pictures), progress: null, default);
        using var engine = new FusedEngine(NetworkFuser.Fuse(folded, NumberKind.Float32, steps), options.ClassCount, options.InputChannels, ComputeTeam.Of(2));

        var actual = engine.Forward(pictures);

        SelfCheck.Difference(Expected(model, pictures), actual).Should().BeLessThan(Rounding);
    }

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Int8_answers_alike_alone_and_in_a_batch_and_on_any_count_of_threads(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 3, 33, 40);
        using var compiled = model.Compile(Unchecked with { CalibrationPictures = pictures, ThreadCount = 1 });
        using var other = model.Compile(Unchecked with { CalibrationPictures = pictures, ThreadCount = 3 });
        SkipUnlessInt8(compiled);

        var together = compiled.Forward(pictures);

        for (int i = 0; i < 3; i++)
        {
            // Sums of bytes are exact; those around them are the same ones in the same order, but for how kernels of other shapes order them.
            var alone = other.Forward(pictures.narrow(0, i, 1));
            SelfCheck.Difference(together.narrow(0, i, 1), alone).Should().BeLessThan(0.05);
        }
    }

    [SkippableFact]
    public void The_calibration_says_how_far_it_is_and_can_be_ended()
    {
        Skip.IfNot(BlockProduct.Has(NumberKind.Int8), "there is no kernel for bytes");
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var pictures = CompiledNetworks.Pictures(options, 20, 224, 224);
        var heard = new List<double>();
        using var stop = new CancellationTokenSource();
        var progress = new SynchronousProgress(heard.Add);
        var compile = Unchecked with { CalibrationPictures = pictures, CalibrationProgress = progress };

        model.Compile(compile).Dispose();
        heard.Should().Equal(0.2, 0.4, 0.5, 0.7, 0.9, 1);

        heard.Clear();
        var ending = new SynchronousProgress(share =>
        {
            heard.Add(share);
            stop.Cancel();
        });
        FluentActions.Invoking(() => model.Compile(compile with { CalibrationProgress = ending }, stop.Token)).Should().Throw<OperationCanceledException>();
        heard.Should().Equal(0.2);
    }

    [SkippableTheory]
    [MemberData(nameof(PreActivationNetworks))]
    public void Pre_activation_networks_are_compiled_in_bfloat16_instead(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { CalibrationPictures = CompiledNetworks.Pictures(options, 2, 32, 32) });
        Skip.If(compiled.Report.Precision != CompilePrecision.BFloat16, compiled.Report.ToString());

        compiled.Report.Notes.Should().Equal("int8 is for networks whose maps come from a ReLU; in pre-activation networks they do not");
    }

    [Fact]
    public void Without_the_fused_engine_there_is_no_int8()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);

        using var compiled = model.Compile(Unchecked with { CalibrationPictures = CompiledNetworks.Pictures(options, 1, 32, 32), AllowFused = false });

        compiled.Report.Precision.Should().NotBe(CompilePrecision.Int8);
        compiled.Report.Notes.Should().StartWith("int8 is for the fused engine only");
    }

    [Fact]
    public void Int8_asks_for_pictures()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        model.Invoking(network => network.Compile(Unchecked)).Should().Throw<InvalidOptionsException>().WithMessage(
            "*Precision is Int8, which needs CalibrationPictures: give it some hundred pictures like those that the network will see, prepared as for its forward pass.");
    }

    [Fact]
    public void Pictures_to_calibrate_on_have_the_channels_of_the_network()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = torch.zeros(5, 1, 32, 32);

        model.Invoking(network => network.Compile(Unchecked with { CalibrationPictures = pictures })).Should().Throw<InvalidOptionsException>().WithMessage(
            "*CalibrationPictures is 5×1×32×32; it must be N×3×H×W, each at least 1.");
    }

    [SkippableFact]
    public void Pictures_that_are_no_numbers_lead_to_another_precision()
    {
        using var scope = torch.NewDisposeScope();
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var compiled = model.Compile(Unchecked with { CalibrationPictures = torch.full([1, 3, 32, 32], float.NaN) });
        Skip.IfNot(BlockProduct.Has(NumberKind.Int8), "there is no kernel for bytes");

        compiled.Report.Precision.Should().NotBe(CompilePrecision.Int8);
        compiled.Report.Notes[0].Should().Be("int8 cannot be calibrated: bn1.relu has numbers that are not finite");
    }

    [SkippableTheory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_none_is_not_hidden_in_bytes(float number)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 2, 32, 32);
        using var compiled = model.Compile(Unchecked with { CalibrationPictures = pictures });
        SkipUnlessInt8(compiled);
        pictures[0, 1, 31, 31] = number;

        var logits = compiled.Forward(pictures);

        logits[0].isnan().all().item<bool>().Should().BeTrue();
        logits[1].isfinite().all().item<bool>().Should().BeTrue();
    }

    [SkippableFact]
    public void A_wrong_layer_of_bytes_is_found()
    {
        Skip.IfNot(BlockProduct.Has(NumberKind.Int8), "there is no kernel for bytes");
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 4, 32, 32);
        var graph = model.Graph().Folded();
        var wrong = new NetworkGraph(options, [.. graph.Nodes.Select(node => node is ConvolutionNode { Name: "layer2.1.conv1" } convolution
            ? convolution with { Weights = convolution.Weights.ToArray().Reverse().ToArray() }
            : node)]);
        var fused = NetworkFuser.Fuse(wrong, NumberKind.Float32, MapCalibration.Steps(graph, new TensorSamples(pictures), progress: null, default));
        using var engine = new FusedEngine(fused, options.ClassCount, options.InputChannels, ComputeTeam.Of(2));
        using var check = new SelfCheck(graph, torch.CPU, Unchecked with { SelfCheck = true, CalibrationPictures = pictures }, images => Expected(model, images));

        var verdict = check.Judge(engine, CompiledEngine.Fused, CompilePrecision.Int8, threadCount: 2, _ => throw new InvalidOperationException("Bytes are compared on the calibration's images alone."));

        verdict.Fault.Should().MatchRegex("^logits of the calibration's images differ by [0-9.]+ of their root mean square; the first wrong layer is layer2.1.conv1, off by [0-9.]+$");
    }

    [SkippableFact]
    public void The_self_check_of_int8_looks_at_the_pictures_of_the_calibration()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["bottleneck"];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 12, 40, 40);
        for (int i = 0; i < 2; i++)
        {
            using var compiled = model.Compile(new CompileOptions { Precision = CompilePrecision.Int8, CalibrationPictures = pictures });
            SkipUnlessInt8(compiled);

            var seen = pictures.narrow(0, 0, 8);
            compiled.Report.Error.Should().BeApproximately(SelfCheck.Difference(Expected(model, seen), compiled.Forward(seen)), 1e-3);
            compiled.Report.IsRemembered.Should().BeFalse("the error depends on weights and pictures");
            compiled.Report.ToString().Should().StartWith("fused engine in int8, within ");
        }
    }

    [SkippableFact]
    public void Int8_recognises_real_pictures_as_float32_does()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        using var model = Analysis.CifarCheckpoint.Load();
        model.eval();
        var samples = RealPictures("train", perClass: 20, out _);
        using var compiled = model.Compile(new CompileOptions { Precision = CompilePrecision.Int8, CalibrationPictures = samples });
        SkipUnlessInt8(compiled);
        var pictures = RealPictures("test", perClass: 40, out var classes);

        var expected = Expected(model, pictures).argmax(1);
        var actual = compiled.Forward(pictures).argmax(1);

        long right = actual.eq(classes).sum().item<long>(), rightInFloat32 = expected.eq(classes).sum().item<long>();
        rightInFloat32.Should().BeInRange(300, 360);
        right.Should().BeInRange(rightInFloat32 - 5, rightInFloat32 + 5);
        actual.eq(expected).sum().item<long>().Should().BeGreaterThanOrEqualTo(390);
    }

    private static Tensor RealPictures(string part, int perClass, out Tensor classes)
    {
        string? folder = TestSupport.RealPictures.Cifar10();
        Skip.If(folder is null, TestSupport.RealPictures.WhySkipped);
        var files = Directory.GetDirectories(Path.Combine(folder!, part)).Order(StringComparer.Ordinal)
            .SelectMany((directory, index) => Directory.GetFiles(directory).Order(StringComparer.Ordinal).Take(perClass).Select(file => (file, (long)index))).ToArray();
        classes = torch.tensor([.. files.Select(file => file.Item2)]);
        return ImageTensor.FromImages([.. files.Select(file => ImageDecoder.Decode(file.file))], Normalization.ImageNet);
    }

    private static Tensor Expected(ResNetModel model, Tensor pictures)
    {
        using var inference = torch.inference_mode();
        return model.call(pictures);
    }

    private static void SkipUnlessInt8(CompiledResNet compiled) =>
        Skip.If(compiled.Report.Precision != CompilePrecision.Int8, compiled.Report.ToString());

    private sealed class SynchronousProgress(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
