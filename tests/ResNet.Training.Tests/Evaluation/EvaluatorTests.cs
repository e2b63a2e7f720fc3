using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class EvaluatorTests
{
    private readonly SyntheticShapes _shapes = TinyNetwork.Shapes(50);

    [Fact]
    public void The_batch_size_changes_nothing()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);

        var one = Evaluate(model, batchSize: 1);
        var many = Evaluate(model, batchSize: 32);

        one.Top1Correct.Should().Be(many.Top1Correct);
        one.Top5Correct.Should().Be(many.Top5Correct);
        one.Loss.Should().BeApproximately(many.Loss, 1e-6);
        one.Images.Should().Be(50);
    }

    [Fact]
    public void Counts_equal_those_worked_out_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        model.eval();
        int top1 = 0, top5 = 0;
        for (int i = 0; i < _shapes.Count; i++)
        {
            var sample = _shapes.Read(i);
            var scores = model.call(ImageTensor.FromImages([sample.Image], Normalization.Cifar10)).data<float>().ToArray();
            int better = scores.Count(score => score > scores[sample.Label]);
            top1 += better == 0 ? 1 : 0;
            top5 += better < 5 ? 1 : 0;
        }

        var report = Evaluate(model, batchSize: 16);

        (report.Top1Correct, report.Top5Correct).Should().Be((top1, top5));
        report.Top1Error.Should().Be(1 - (top1 / 50.0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_network_is_left_in_its_mode_and_unchanged(bool training)
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        model.train(training);
        byte[] before = TinyNetwork.Bytes(model);

        LiveTensors.ShouldBeLeftBy(() => Evaluate(model, batchSize: 16), 0);

        model.training.Should().Be(training);
        TinyNetwork.Bytes(model).Should().Equal(before);
    }

    [Fact]
    public void Fewer_than_five_classes_have_no_top_5_error()
    {
        var few = new TinyDataset(8, i => TinyDataset.Picture(i, 32, 32), classCount: 3);
        using var model = TinyNetwork.Build(few.Labels.Count);

        var report = Evaluator.Evaluate(model, few, Preprocessing.Cifar10);

        report.Top5Correct.Should().BeNull();
        report.Top5Error.Should().BeNull();
    }

    private EvaluationReport Evaluate(ResNetModel model, int batchSize) =>
        Evaluator.Evaluate(model, _shapes, Preprocessing.Cifar10, new EvaluationOptions { BatchSize = batchSize });
}
