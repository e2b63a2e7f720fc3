using System.Text.Json;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Weights of Hugging Face's transformers against the logits that it computes from them.</summary>
public sealed class TransformersFilesTests
{
    [SkippableTheory]
    [InlineData("tiny-basic")]
    [InlineData("tiny-bottleneck")]
    public void A_model_of_transformers_gives_its_logits(string folder)
    {
        Skip.IfNot(Oracle.Exists && Directory.Exists(Oracle.PathTo("hf")), Oracle.WhySkipped);
        using var expected = JsonDocument.Parse(File.ReadAllText(Oracle.PathTo("hf", "expected.json")));
        var (shape, logits) = Find(expected, folder);
        var options = new ResNetOptions
        {
            Block = folder == "tiny-basic" ? BlockKind.Basic : BlockKind.Bottleneck,
            BlocksPerStage = folder == "tiny-basic" ? [2, 2, 2, 2] : [1, 2, 2, 1],
            BaseWidth = 8,
            ClassCount = logits.Length / (int)shape[0],
        };

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        using var model = ModelFile.Load(Oracle.PathTo("hf", folder, "model.safetensors"), options);
        var found = model.call(FillRule.Input("input", shape)).data<float>().ToArray();

        found.Zip(logits, (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan(1e-4);
    }

    private static (long[] Shape, double[] Logits) Find(JsonDocument expected, string folder)
    {
        var entry = expected.RootElement.EnumerateArray().Single(entry => entry.GetProperty("folder").GetString() == folder);
        return (
            [.. entry.GetProperty("input").EnumerateArray().Select(length => length.GetInt64())],
            [.. entry.GetProperty("logits").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble())]);
    }
}
