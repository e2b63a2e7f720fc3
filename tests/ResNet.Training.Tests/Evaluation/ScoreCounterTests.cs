using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class ScoreCounterTests
{
    private static readonly double[] NoNumbers = [double.NaN, double.NaN, double.NaN];

    [Fact]
    public void Answers_stand_in_the_data_sets_order_whatever_the_order_of_the_batches()
    {
        using var scope = torch.NewDisposeScope();
        var dataset = new TinyDataset(5, classCount: 3);
        double[][] rows = [[0.7, 0.2, 0.1], [0.5, 0.3, 0.2], [0.1, 0.3, 0.6], [0.2, 0.7, 0.1], [0.15, 0.8, 0.05]];
        var shuffled = new ScoreCounter(dataset);

        Answers.Add(shuffled, dataset, [rows[3], rows[0]], [3, 0]);
        Answers.Add(shuffled, dataset, [rows[4]], [4]);
        Answers.Add(shuffled, dataset, [rows[2], rows[1]], [2, 1]);
        var report = Answers.Finish(shuffled);

        var inOrder = Answers.Report(dataset, rows);
        report.Answers.Should().Equal(inOrder.Answers);
        report.Loss.Should().Be(inOrder.Loss, "it is summed in the data set's order, to the last bit");
        report.Answers.Select(answer => answer.Predicted).Should().Equal(0, 0, 2, 1, 1);
        report.Answers.Select(answer => answer.IsRight).Should().Equal(true, false, true, false, true);
        report.Answers[1].Confidence.Should().BeApproximately(0.5, 1e-15);
        report.Answers[1].LabelProbability.Should().BeApproximately(0.3, 1e-15);
        report.Loss.Should().BeApproximately(-(Math.Log(0.7) + Math.Log(0.3) + Math.Log(0.6) + Math.Log(0.2) + Math.Log(0.8)) / 5, 1e-15);
        (report.Images, report.Top1Correct).Should().Be((5, 3));
    }

    [Fact]
    public void Of_equal_scores_the_first_class_is_the_answer()
    {
        // Picture i is of class i; six classes, of which the last is never among five equally good ones.
        double[] even = [.. Enumerable.Repeat(1 / 6.0, 6)];

        var report = Answers.Report(even, even, even, even, even, even);

        report.Answers.Should().OnlyContain(answer => answer.Predicted == 0);
        (report.Top1Correct, report.Top5Correct).Should().Be((1, 5));
    }

    [Fact]
    public void The_top_five_are_those_with_fewer_than_five_better_ones()
    {
        double[][] rows =
        [
            [0.04, 0.2, 0.2, 0.2, 0.2, 0.16],   // the sixth of six
            [0.3, 0.05, 0.25, 0.2, 0.16, 0.04], // the fifth
            [0.04, 0.05, 0.3, 0.2, 0.16, 0.25], // the first
        ];

        var report = Answers.Report(rows);

        (report.Top1Correct, report.Top5Correct).Should().Be((1, 2));
        report.Top5Error.Should().Be(1 - (2.0 / 3));
    }

    [Fact]
    public void A_network_that_gives_no_numbers_is_wrong_and_breaks_nothing()
    {
        double[] infinite = [double.PositiveInfinity, 0.5, 0.5], none = [0, 0, 0];

        var report = Answers.Report(NoNumbers, [0.1, 0.8, 0.1], infinite, none);

        (report.Images, report.Top1Correct, report.UnansweredCount).Should().Be((4, 1, 3));
        report.Answers[0].Should().Be(new PictureAnswer(0, 0, -1, double.NaN, double.NaN));
        report.Loss.Should().Be(double.NaN);
        report.Top1Error.Should().Be(0.75);
        report.ConfidentMistakes(10).Should().BeEmpty();
        report.Calibration.Bins.Sum(bin => bin.Count).Should().Be(1);
        report.Classes[0].Should().Be(new ClassScore(0, "class0", Images: 2, Predicted: 0, Right: 0));
        report.Confusion.Count(0, 0).Should().Be(0);
    }

    [Fact]
    public void A_network_that_gives_nothing_but_NaN_has_no_calibration_error()
    {
        var report = Answers.Report(NoNumbers, NoNumbers);

        report.Calibration.ExpectedCalibrationError.Should().BeNull();
        (report.MacroPrecision, report.MacroRecall, report.MacroF1).Should().Be((null, 0, 0));
        report.Top1Interval.High.Should().Be(1);
    }

    [Fact]
    public void An_impossible_class_costs_an_infinite_loss_and_is_no_fault()
    {
        var report = Answers.Report([0, 1], [0, 1]);

        report.Loss.Should().Be(double.PositiveInfinity);
        report.Answers[0].Should().Be(new PictureAnswer(0, 0, 1, 1, 0));
        report.UnansweredCount.Should().Be(0);
    }

    [Fact]
    public void A_picture_counts_once()
    {
        using var scope = torch.NewDisposeScope();
        var dataset = new TinyDataset(2);
        var counter = new ScoreCounter(dataset);
        Answers.Add(counter, dataset, [[0.5, 0.5]], [1]);

        var again = () => Answers.Add(counter, dataset, [[0.5, 0.5]], [1]);

        again.Should().Throw<ArgumentException>().WithMessage("Picture 1 of the data set was scored already; each counts once.*");
    }

    [Fact]
    public void Fifty_thousand_pictures_of_a_thousand_classes_take_little_memory()
    {
        const int count = 50_000, classCount = 1000, batchSize = 500;
        var dataset = new TinyDataset(count, classCount: classCount);
        using var scores = torch.rand([batchSize, classCount], torch.ScalarType.Float64).log();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var counter = new ScoreCounter(dataset);
        LiveTensors.ShouldBeLeftBy(
            () =>
            {
                for (int start = 0; start < count; start += batchSize)
                {
                    using var scope = torch.NewDisposeScope();
                    int[] indices = [.. Enumerable.Range(start, batchSize)];
                    counter.Add(scores, torch.tensor(indices.Select(index => (long)dataset.LabelOf(index)).ToArray()), indices);
                }
            },
            0);

        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        counter.Images.Should().Be(count);
        held.Should().BeLessThan(60 * count, "all scores would be 400 MB, the answers are 48 bytes a picture");
    }
}
