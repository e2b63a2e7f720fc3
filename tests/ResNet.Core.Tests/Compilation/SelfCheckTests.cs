using ResNet.Compilation;
using ResNet.Graph;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

public sealed class SelfCheckTests : IDisposable
{
    private static readonly CompileOptions Quick = new() { RemembersCheck = false, CheckHeight = 40, CheckWidth = 40 };

    private readonly TemporaryFolder _folder = new();
    private readonly string? _oldCache = Environment.GetEnvironmentVariable("RESNET_CACHE");

    public SelfCheckTests() => Environment.SetEnvironmentVariable("RESNET_CACHE", _folder.Root);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("RESNET_CACHE", _oldCache);
        _folder.Dispose();
    }

    [Fact]
    public void A_compiled_network_is_within_rounding_of_its_model()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["bottleneck"]);

        using var compiled = model.Compile(Quick);

        compiled.Report.Error.Should().BeInRange(0, 2e-5);
        compiled.Report.IsRemembered.Should().BeFalse();
    }

    [Fact]
    public void Where_every_way_is_wrong_none_is_given_out()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        var compile = () => NetworkCompiler.Compile(
            model.Graph().Folded(), torch.CPU, Quick, images => model.call(images) * 1.01, CancellationToken.None);

        compile.Should().Throw<NotSupportedException>().WithMessage("No compiled form of this network computes what the network does on this machine.*torch on folded weights in float32 is wrong*");
    }

    [SkippableFact]
    public void A_wrong_engine_is_refused_for_the_next_one_and_the_report_names_the_layer()
    {
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        var graph = model.Graph().Folded();
        Skip.IfNot(BlockProduct.Has(NumberKind.Float32), "The fused engine is not there.");
        var wrong = new NetworkGraph(options, [.. graph.Nodes.Select(node => node.Name == "layer2.1.conv1" ? Damage((ConvolutionNode)node) : node)]);
        using var engine = new FusedEngine(NetworkFuser.Fuse(wrong, NumberKind.Float32), options.ClassCount, channels: 3, ComputeTeam.Of(2));
        using var check = new SelfCheck(graph, torch.CPU, Quick, images => model.call(images));

        var verdict = check.Judge(engine, CompiledEngine.Fused, CompilePrecision.Float32, threadCount: 2, _ => throw new InvalidOperationException("No layer is weak."));

        verdict.Fault.Should().MatchRegex("^logits differ by [0-9.]+ of their root mean square; the first wrong layer is layer2.1.conv1, off by [0-9.]+$");
    }

    [Fact]
    public void A_passed_check_is_remembered_for_the_same_network_and_options_only()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var other = CompiledNetworks.Build(CompiledNetworks.Kinds["A"]);
        var options = Quick with { RemembersCheck = true };

        Report(model, options).IsRemembered.Should().BeFalse();

        Report(model, options).Should().Match<CompileReport>(report => report.IsRemembered && report.Error == null);
        Report(model, options with { ThreadCount = 1 }).IsRemembered.Should().BeFalse();
        Report(model, options with { CheckHeight = 41 }).IsRemembered.Should().BeFalse();
        Report(other, options).IsRemembered.Should().BeFalse();
        Directory.GetFiles(Path.Combine(_folder.Root, "compiled"), "*.passed").Should().HaveCount(4);
    }

    [Fact]
    public void Given_pictures_are_looked_at_besides_those_that_are_made_up()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = CompiledNetworks.Pictures(model.Options, 11, 21, 35);
        var seen = new List<string>();

        NetworkCompiler.Compile(model.Graph().Folded(), torch.CPU, Quick with { CalibrationPictures = pictures }, Model, CancellationToken.None).Dispose();

        seen.Should().Equal("2 3 40 40", "1 3 25 31", "8 3 21 35");

        Tensor Model(Tensor images)
        {
            seen.Add(string.Join(' ', images.shape));
            return model.call(images);
        }
    }

    [Theory]
    [InlineData(CompilePrecision.Float32, true)]
    [InlineData(CompilePrecision.Float32, false)]
    [InlineData(CompilePrecision.BFloat16, true)]
    public void An_engine_that_is_wrong_on_given_pictures_only_is_not_given_out(CompilePrecision precision, bool allowFused)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = CompiledNetworks.Pictures(model.Options, 5, 32, 32);
        var options = Quick with { Precision = precision, AllowFused = allowFused, CalibrationPictures = pictures };

        var compile = () => NetworkCompiler.Compile(
            model.Graph().Folded(), torch.CPU, options, images => model.call(images) * (images.shape[0] == 5 ? 1.5 : 1), CancellationToken.None);

        compile.Should().Throw<NotSupportedException>().WithMessage(
            "*torch on folded weights in float32 is wrong on this machine: logits of the calibration's images differ by * of their root mean square*");
    }

    [Fact]
    public void A_remembered_check_does_not_answer_for_given_pictures()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = CompiledNetworks.Pictures(model.Options, 3, 32, 32);
        var options = Quick with { RemembersCheck = true };
        Report(model, options);

        for (int i = 0; i < 2; i++)
        {
            Report(model, options with { CalibrationPictures = pictures }).Should().Match<CompileReport>(report => !report.IsRemembered && report.Error < 2e-5);
        }

        Report(model, options).IsRemembered.Should().BeTrue();
    }

    [Fact]
    public void Pictures_that_are_no_numbers_cannot_be_compared()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = torch.full([1, 3, 32, 32], float.NaN);

        var compile = () => model.Compile(Quick with { CalibrationPictures = pictures });

        compile.Should().Throw<NotSupportedException>().WithMessage("*the model's own logits of the calibration's images are not finite, so that nothing can be compared");
    }

    [Fact]
    public void The_check_of_given_pictures_leaves_nothing_behind_whatever_their_type()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var pictures = torch.randint(0, 2, [2, 32, 32, 3], torch.ScalarType.Float64).permute(0, 3, 1, 2);
        var options = Quick with { CalibrationPictures = pictures };
        Report(model, options);

        LiveTensors.ShouldBeLeftBy(() => Report(model, options).Error.Should().BeLessThan(2e-5), 0);
    }

    [Fact]
    public void A_cache_folder_that_cannot_be_made_only_means_that_it_is_checked_again()
    {
        string file = Path.Combine(_folder.Root, "file");
        File.WriteAllText(file, "");
        Environment.SetEnvironmentVariable("RESNET_CACHE", Path.Combine(file, "cache"));
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        Report(model, Quick with { RemembersCheck = true }).Error.Should().BeLessThan(2e-5);
        Report(model, Quick with { RemembersCheck = true }).IsRemembered.Should().BeFalse();
    }

    [Fact]
    public void Compiling_does_not_touch_torchs_generator()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        torch.random.manual_seed(5);
        using var expected = torch.rand(3);
        torch.random.manual_seed(5);

        model.Compile(Quick).Dispose();

        using var actual = torch.rand(3);
        actual.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [Fact]
    public void All_faults_of_the_options_are_listed()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        var compile = () => model.Compile(new CompileOptions { ThreadCount = 0, CheckHeight = -1, CheckWidth = 0, Precision = (CompilePrecision)9 });

        compile.Should().Throw<InvalidOptionsException>().Which.Faults.Should().Equal(
            "ThreadCount is 0; it must be 1 to 1024.",
            "CheckHeight is -1; it must be 1 or more.",
            "CheckWidth is 0; it must be 1 or more.",
            $"Precision is 9; it must be one of {string.Join(", ", Enum.GetNames<CompilePrecision>())}.");
    }

    [Theory]
    [InlineData(20_000, 20_000)]
    [InlineData(int.MaxValue, null)]
    [InlineData(null, int.MaxValue)]
    public void A_check_of_more_numbers_than_an_array_holds_is_refused(int? height, int? width)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var options = new CompileOptions { CheckHeight = height, CheckWidth = width };

        FluentActions.Invoking(() => model.Compile(options)).Should().Throw<InvalidOptionsException>().Which.Faults.Should().Equal(
            $"CheckHeight and CheckWidth make pictures of {width ?? 224}x{height ?? 224}, which are too large for the self-check; leave them out for the usual size.");
    }

    [Fact]
    public void Compiling_can_be_cancelled()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        var compile = () => model.Compile(Quick, new CancellationToken(canceled: true));

        compile.Should().Throw<OperationCanceledException>();
    }

    private static ConvolutionNode Damage(ConvolutionNode node)
    {
        float[] weights = [.. node.Weights.ToArray()];
        for (int i = 0; i < weights.Length / node.OutChannels; i++)
        {
            weights[i] *= -3;
        }

        return node with { Weights = weights };
    }

    private static CompileReport Report(ResNetModel model, CompileOptions options)
    {
        using var compiled = model.Compile(options);
        return compiled.Report;
    }
}
