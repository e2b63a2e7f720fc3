using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>NaN in, NaN out.</summary>
public sealed class CompiledNotANumberTests
{
    [SkippableTheory]
    [InlineData("basic", CompilePrecision.Float32)]
    [InlineData("basic", CompilePrecision.BFloat16)]
    [InlineData("ResNet-18", CompilePrecision.Float32)]
    [InlineData("ResNet-18", CompilePrecision.BFloat16)]
    public void A_number_that_is_none_is_not_hidden(string kind, CompilePrecision precision)
    {
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model, precision);
        float[] pictures = CompiledNetworks.Numbers(options, 2, 32, 32), logits = new float[2 * options.ClassCount];

        // The one that the processor makes, and the one that CUDA does.
        foreach (float none in new[] { float.NaN, BitConverter.UInt32BitsToSingle(0x7FFF_FFFF) })
        {
            foreach (int place in new[] { 0, 100, 517, 1023 })
            {
                float before = pictures[place];
                pictures[place] = none;
                compiled.Forward(pictures, 32, 32, logits);
                pictures[place] = before;
                ShouldTell(logits, place);
            }
        }

        pictures.AsSpan(0, pictures.Length / 2).Fill(float.PositiveInfinity);
        compiled.Forward(pictures, 32, 32, logits);
        ShouldTell(logits, -1);

        void ShouldTell(float[] logits, int place)
        {
            logits.Take(options.ClassCount).Should().OnlyContain(value => float.IsNaN(value), $"pixel {place} is none");
            logits.Skip(options.ClassCount).Should().OnlyContain(value => float.IsFinite(value));
        }
    }

    [SkippableTheory]
    [InlineData("basic")]
    [InlineData("ResNet-18")]
    [InlineData("pre-activation")]
    public void A_weight_that_is_no_number_is_not_hidden(string kind)
    {
        var options = CompiledNetworks.Kinds[kind];
        float none = BitConverter.UInt32BitsToSingle(0x7FFF_FFFF);
        foreach (string name in new[] { "conv1.weight", "layer1.0.conv2.weight", "layer2.0.bn1.bias", "fc.weight", "fc.bias" })
        {
            using var model = CompiledNetworks.Build(options);
            using (torch.no_grad())
            {
                model.state_dict()[name].view(-1).narrow(0, 0, 1).fill_(none);
            }

            using var compiled = model.Compile(new CompileOptions { Precision = CompilePrecision.BFloat16, SelfCheck = false });
            float[] logits = new float[options.ClassCount];
            compiled.Forward(CompiledNetworks.Numbers(options, 1, 32, 32), 32, 32, logits);
            logits.Should().Contain(value => float.IsNaN(value), name);
        }
    }
}
