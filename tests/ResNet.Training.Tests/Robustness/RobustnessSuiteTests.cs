using ResNet.Imaging;

namespace ResNet.Training.Tests.Robustness;

public sealed class RobustnessSuiteTests
{
    private static readonly RobustnessOptions Few = new()
    {
        Kinds = [CorruptionKind.Contrast, CorruptionKind.GaussianNoise],
        Severities = [5, 2],
        Evaluation = new EvaluationOptions { BatchSize = 16, WorkerCount = 2, Seed = 4 },
    };

    private readonly SyntheticShapes _shapes = TinyNetwork.Shapes(40);

    [Fact]
    public void Every_result_is_that_of_an_evaluation_of_pictures_that_were_corrupted_before()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);

        var report = RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, Few);

        report.Results.Select(result => (result.Kind, result.Severity)).Should().Equal(
            (CorruptionKind.Contrast, 5), (CorruptionKind.Contrast, 2), (CorruptionKind.GaussianNoise, 5), (CorruptionKind.GaussianNoise, 2));
        Loss(Evaluator.Evaluate(model, _shapes, Preprocessing.Cifar10, Few.Evaluation)).Should().Be(Loss(report.Clean));
        foreach (var result in report.Results)
        {
            // The same pictures, corrupted one by one and kept.
            var corruption = new Corruption(result.Kind, result.Severity);
            var corrupted = new TinyDataset(
                _shapes.Count, i => corruption.Apply(_shapes.Read(i).Image, SampleRandom.For(4, 0, i)), classCount: _shapes.Labels.Count);
            var expected = Evaluator.Evaluate(model, new Relabelled(corrupted, _shapes), Preprocessing.Cifar10, Few.Evaluation);

            (result.Images, result.Top1Correct, result.Top5Correct).Should().Be((expected.Images, expected.Top1Correct, expected.Top5Correct));
            result.Loss.Should().BeApproximately(expected.Loss, 1e-9);
            result.Loss.Should().NotBe(report.Clean.Loss);
        }

        static double Loss(EvaluationReport evaluation) => Math.Round(evaluation.Loss, 9);
    }

    [Fact]
    public void Workers_and_batches_change_nothing()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);

        var one = RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, Few with { Evaluation = Few.Evaluation with { WorkerCount = 1, BatchSize = 7 } });
        var many = RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, Few with { Evaluation = Few.Evaluation with { WorkerCount = 4 } });

        one.Results.Select(result => result with { Loss = Math.Round(result.Loss, 5) })
            .Should().Equal(many.Results.Select(result => result with { Loss = Math.Round(result.Loss, 5) }));
    }

    [Fact]
    public void Means_count_every_severity_and_every_kind_alike()
    {
        var report = Sample.Report();

        report.MeanError(CorruptionKind.Jpeg).Should().BeApproximately((0.2 + 0.4) / 2, 1e-12);
        report.MeanError(CorruptionKind.ImpulseNoise).Should().BeApproximately((0.5 + 0.9) / 2, 1e-12);
        report.MeanCorruptionError.Should().BeApproximately((0.3 + 0.7) / 2, 1e-12);
        report.Invoking(r => r.Result(CorruptionKind.Jpeg, 2)).Should().Throw<ArgumentException>()
            .WithMessage("Jpeg of severity 2 was not evaluated, but Jpeg, ImpulseNoise of severity 1, 5.*");
    }

    [Fact]
    public void A_clean_report_that_is_there_is_taken_and_progress_is_of_the_whole()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        var clean = Evaluator.Evaluate(model, _shapes, Preprocessing.Cifar10);
        List<RobustnessProgress> told = [];

        var report = RobustnessSuite.Evaluate(
            model, _shapes, Preprocessing.Cifar10, Few, clean, new ImmediateProgress<RobustnessProgress>(told.Add));

        report.Clean.Should().BeSameAs(clean);
        told.Select(value => value.Images).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        told.Should().OnlyContain(value => value.Total == 4 * 40);
        told[^1].Images.Should().Be(4 * 40);
        told[0].Corruption.Should().Be(new Corruption(CorruptionKind.Contrast, 5));
    }

    [Fact]
    public void It_can_be_cancelled_between_two_batches()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        using var stop = new CancellationTokenSource();
        var progress = new ImmediateProgress<RobustnessProgress>(value =>
        {
            if (value.Corruption?.Kind == CorruptionKind.Contrast)
            {
                stop.Cancel();
            }
        });

        Action evaluate = () => RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, Few, progress: progress, cancellationToken: stop.Token);

        evaluate.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void No_tensor_is_left()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);

        LiveTensors.ShouldBeLeftBy(() => RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, Few), 0);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_listed_before_the_work_starts()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        var options = new RobustnessOptions
        {
            Kinds = [],
            Severities = [1, 6],
            Evaluation = new EvaluationOptions { Corruption = new Corruption(CorruptionKind.Jpeg, 1) },
        };

        Action evaluate = () => RobustnessSuite.Evaluate(model, _shapes, Preprocessing.Cifar10, options);

        options.Faults().Should().Equal(
            "Kinds is []; it must hold at least one kind of corruption, and none twice.",
            "Severities is [1, 6]; it must hold at least one number from 1 to 5, and none twice.",
            "Evaluation.Corruption is Corruption { Kind = Jpeg, Severity = 1 }; it must be null, since the suite sets it.");
        evaluate.Should().Throw<InvalidOptionsException>();
    }

    /// <summary>Pictures of one data set with the labels of another.</summary>
    private sealed class Relabelled(IImageDataset pictures, IImageDataset labels) : IImageDataset
    {
        public int Count => pictures.Count;

        public ClassLabels Labels => labels.Labels;

        public int LabelOf(int index) => labels.LabelOf(index);

        public string NameOf(int index) => labels.NameOf(index);

        public ImageSample Read(int index) => pictures.Read(index) with { Label = LabelOf(index) };
    }
}
