using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

public sealed class CompiledResNetTests
{
    private static readonly CompileOptions Unchecked = new() { SelfCheck = false };

    public static TheoryData<string> Networks { get; } = new(CompiledNetworks.Kinds.Keys);

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Fused_float32_computes_what_the_model_computes(string kind) => Compare(kind, CompilePrecision.Float32, CompiledEngine.Fused, 2e-5);

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Fused_bfloat16_computes_what_the_model_computes_up_to_its_rounding(string kind) => Compare(kind, CompilePrecision.BFloat16, CompiledEngine.Fused, 0.06);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Folded_float32_computes_what_the_model_computes(string kind) => Compare(kind, CompilePrecision.Float32, CompiledEngine.Folded, 2e-5);

    [Fact]
    public void Later_changes_of_the_model_change_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked);
        var pictures = CompiledNetworks.Pictures(options, 1, 32, 32);
        var before = compiled.Forward(pictures);
        using (torch.no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.zero_();
            }
        }

        SelfCheck.Difference(before, compiled.Forward(pictures)).Should().Be(0);
    }

    [Fact]
    public void A_model_in_training_mode_is_compiled_as_in_evaluation_and_stays_in_training()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 2, 32, 32);
        var expected = model.call(pictures);
        model.train();

        using var compiled = model.Compile(new() { RemembersCheck = false, CheckHeight = 32, CheckWidth = 32 });

        SelfCheck.Difference(expected, compiled.Forward(pictures)).Should().BeLessThan(2e-5);
        model.training.Should().BeTrue();
    }

    [Fact]
    public void Tensors_that_are_no_pictures_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var compiled = model.Compile(Unchecked);

        FluentActions.Invoking(() => compiled.Forward(torch.zeros(1, 4, 8, 8))).Should().Throw<ArgumentException>().WithMessage("Pictures are N×3×H×W, each at least 1, but the tensor is 1×4×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(torch.zeros(3, 8, 8))).Should().Throw<ArgumentException>().WithMessage("*the tensor is 3×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(torch.zeros(0, 3, 8, 8))).Should().Throw<ArgumentException>().WithMessage("*the tensor is 0×3×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(new float[100], 8, 8, new float[7])).Should().Throw<ArgumentException>().WithMessage("A picture of 8x8 has 192 numbers, and gives 7 logits; got 100 numbers and room for 7 logits.*");
        FluentActions.Invoking(() => compiled.Forward(new float[192], 8, 8, new float[8])).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disposed_network_says_so(bool fused)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var compiled = model.Compile(Unchecked with { AllowFused = fused });
        compiled.Dispose();
        compiled.Dispose();

        FluentActions.Invoking(() => compiled.Forward(new float[3 * 64], 8, 8, new float[7])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Torch_runs_folded_weights_without_leaving_tensors_behind()
    {
        var options = CompiledNetworks.Kinds["A"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { AllowFused = false });
        using var pictures = CompiledNetworks.Pictures(options, 2, 32, 32);
        compiled.Forward(pictures).Dispose();
        DisposeScopeManager.Statistics.Reset();

        compiled.Forward(pictures).Dispose();

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(0);
    }

    private static void Compare(string kind, CompilePrecision precision, CompiledEngine engine, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { Precision = precision, AllowFused = engine == CompiledEngine.Fused });
        Skip.If(compiled.Report.Engine != engine || compiled.Report.Precision != precision, compiled.Report.ToString());
        model.to(torch.ScalarType.Float64);

        foreach (var (count, height, width) in new[] { (1, 32, 32), (3, 40, 33), (2, 17, 71), (1, 5, 3) })
        {
            var pictures = CompiledNetworks.Pictures(options, count, height, width);
            using var inference = torch.inference_mode();

            // In double: there are machines on which single float32 kernels of the model itself are wrong.
            var expected = model.call(pictures.to(torch.ScalarType.Float64));

            var actual = compiled.Forward(pictures);

            SelfCheck.Difference(expected, actual).Should().BeLessThan(tolerance, $"pictures are {count} of {width}x{height}");
        }
    }
}
