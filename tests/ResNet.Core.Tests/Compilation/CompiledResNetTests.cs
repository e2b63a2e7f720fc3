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

    private static void Compare(string kind, CompilePrecision precision, CompiledEngine engine, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { Precision = precision, AllowFused = engine == CompiledEngine.Fused });
        Skip.If(compiled.Report.Engine != engine || compiled.Report.Precision != precision, compiled.Report.ToString());

        foreach (var (count, height, width) in new[] { (1, 32, 32), (3, 40, 33), (2, 17, 71), (1, 5, 3) })
        {
            var pictures = CompiledNetworks.Pictures(options, count, height, width);
            using var inference = torch.inference_mode();
            var expected = model.call(pictures);

            var actual = compiled.Forward(pictures);

            SelfCheck.Difference(expected, actual).Should().BeLessThan(tolerance, $"pictures are {count} of {width}x{height}");
        }
    }
}
