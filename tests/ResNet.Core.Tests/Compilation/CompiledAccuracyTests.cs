using ResNet.Compilation;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>Trained weights on all test pictures of CIFAR-10: what compiling may cost.</summary>
public sealed class CompiledAccuracyTests(CifarPictures pictures) : IClassFixture<CifarPictures>
{
    [SkippableFact]
    public void Float32_gives_the_same_answers_bfloat16_and_int8_nearly_as_many_right_ones()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var model = ModelFile.Load(Oracle.PathTo("weights", "resnet20-12fca82f.th"), ResNetOptions.Cifar(20) with { ZeroPadding = ZeroPadding.Both });
        pictures.Classes.Should().HaveCount(10_000);
        long[] expected = Answers(model.call);
        int right = Right(expected);

        Compiled(model, CompilePrecision.Float32).Zip(expected).Count(pair => pair.First != pair.Second).Should().BeLessThanOrEqualTo(2);

        Right(Compiled(model, CompilePrecision.BFloat16)).Should().BeGreaterThanOrEqualTo(right - 15, "0.15 points are 15 of 10,000 pictures");

        Right(Compiled(model, CompilePrecision.Int8)).Should().BeGreaterThanOrEqualTo(right - 50, "half a point is 50 of 10,000 pictures");
    }

    private long[] Compiled(ResNetModel model, CompilePrecision precision)
    {
        using var compiled = model.Compile(new CompileOptions { Precision = precision, CalibrationPictures = pictures.Samples, RemembersCheck = false });
        Skip.If(compiled.Report.Precision != precision, compiled.Report.ToString());
        return Answers(compiled.Forward);
    }

    private long[] Answers(Func<Tensor, Tensor> network)
    {
        using var inference = torch.inference_mode();
        return [.. pictures.Test.SelectMany(batch =>
        {
            using var scope = torch.NewDisposeScope();
            return network(batch).argmax(1).data<long>().ToArray();
        })];
    }

    private int Right(long[] answers) => answers.Zip(pictures.Classes).Count(pair => pair.First == pair.Second);
}
