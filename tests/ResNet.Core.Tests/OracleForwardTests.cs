using System.Text.Json;
using TorchSharp;

namespace ResNet.Core.Tests;

public sealed class OracleForwardTests
{
    private static readonly string[] Names =
    [
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnet34-a", "resnet34-c", "resnet50-v1",
        "resnet20-cifar-a", "resnet20-cifar-b", "resnet56-cifar-a", "resnet110-cifar-a",
        "resnet18-preact", "resnet50-preact", "resnet20-cifar-a-preact",
    ];

    public static TheoryData<string> Cases { get; } = new(Names);

    [SkippableFact]
    public void Every_case_of_the_reference_data_is_tested()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        OracleNetworks.Cases("forward").ConvertAll(OracleNetworks.Name).Should().BeEquivalentTo(Names);
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Logits_equal_those_of_PyTorch(string name)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var reference = OracleNetworks.Case("forward", name);
        var expected = reference.GetProperty("logits").Deserialize<double[][]>()!;
        long[] shape = reference.GetProperty("input").Deserialize<long[]>()!;
        using var model = new ResNetModel(OracleNetworks.Options(name, expected[0].Length));
        FillRule.Fill(model, reference.GetProperty("norm_scale").GetDouble());
        model.eval();

        var logits = model.call(FillRule.Input("input", shape)).to_type(torch.ScalarType.Float64);

        var wanted = torch.tensor(expected.SelectMany(row => row).ToArray()).reshape(logits.shape);
        double tolerance = (1e-4 * wanted.square().mean().sqrt().item<double>()) + 1e-6;
        (logits - wanted).abs().max().item<double>().Should().BeLessThanOrEqualTo(tolerance);
        model.parameters().Sum(p => p.numel()).Should().Be(reference.GetProperty("parameters").GetInt64());
    }
}
