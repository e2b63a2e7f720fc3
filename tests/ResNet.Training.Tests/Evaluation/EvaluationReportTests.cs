using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class EvaluationReportTests
{
    // Labels 0 1 2 0 1 2 0 1; answers 0 1 1 0 0 1 1 1.
    private readonly EvaluationReport _report = Answers.Report(
        Answers.Sure(3, 0, 0.9), Answers.Sure(3, 1, 0.8), Answers.Sure(3, 1, 0.7), Answers.Sure(3, 0, 0.6),
        Answers.Sure(3, 0, 0.95), Answers.Sure(3, 1, 0.7), Answers.Sure(3, 1, 0.5), Answers.Sure(3, 1, 0.99));

    [Fact]
    public void The_confusion_matrix_counts_every_picture_at_its_class_and_answer()
    {
        int[][] counts = [.. Enumerable.Range(0, 3).Select(actual => Enumerable.Range(0, 3).Select(predicted => _report.Confusion.Count(actual, predicted)).ToArray())];

        counts[0].Should().Equal(2, 1, 0);
        counts[1].Should().Equal(1, 2, 0);
        counts[2].Should().Equal(0, 2, 0);
        _report.Confusion.ClassCount.Should().Be(3);
    }

    [Fact]
    public void The_most_confused_pairs_come_first_and_what_is_right_is_none()
    {
        _report.Confusion.MostConfused(2).Should().Equal(new ConfusedPair(2, 1, 2), new ConfusedPair(0, 1, 1));
        _report.Confusion.MostConfused(100).Should().HaveCount(3);
    }

    [Fact]
    public void No_class_lies_outside_the_confusion_matrix()
    {
        var outside = () => _report.Confusion.Count(0, 3);

        outside.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("predicted");
    }

    [Fact]
    public void Precision_recall_and_F1_equal_those_worked_out_by_hand()
    {
        _report.Classes.Should().Equal(
            new ClassScore(0, "class0", Images: 3, Predicted: 3, Right: 2),
            new ClassScore(1, "class1", Images: 3, Predicted: 5, Right: 2),
            new ClassScore(2, "class2", Images: 2, Predicted: 0, Right: 0));
        _report.Classes.Select(score => score.Precision).Should().Equal(2 / 3.0, 2 / 5.0, null);
        _report.Classes.Select(score => score.Recall).Should().Equal(2 / 3.0, 2 / 3.0, 0);
        _report.Classes.Select(score => score.F1).Should().Equal(4 / 6.0, 4 / 8.0, 0);
        _report.MacroPrecision.Should().BeApproximately(((2 / 3.0) + (2 / 5.0)) / 2, 1e-15);
        _report.MacroRecall.Should().BeApproximately(4 / 9.0, 1e-15);
        _report.MacroF1.Should().BeApproximately(7 / 18.0, 1e-15);
    }

    [Fact]
    public void A_class_that_neither_occurs_nor_is_predicted_has_no_scores()
    {
        var dataset = new TinyDataset(2, classCount: 3);

        var report = Answers.Report(dataset, [Answers.Sure(3, 0, 0.9), Answers.Sure(3, 1, 0.9)]);

        report.Classes[2].Should().Be(new ClassScore(2, "class2", 0, 0, 0));
        (report.Classes[2].Precision, report.Classes[2].Recall, report.Classes[2].F1).Should().Be((null, null, null));
        (report.MacroPrecision, report.MacroRecall, report.MacroF1).Should().Be((1, 1, 1), "undefined scores are no zeros");
    }

    [Fact]
    public void A_class_without_pictures_does_not_dilute_the_means()
    {
        var dataset = new TinyDataset(2, classCount: 3);

        var report = Answers.Report(dataset, [Answers.Sure(3, 0, 0.9), Answers.Sure(3, 2, 0.9)]);

        (report.Classes[2].Precision, report.Classes[2].Recall, report.Classes[2].F1).Should().Be((0, null, 0));
        (report.MacroPrecision, report.MacroRecall, report.MacroF1).Should().Be((1, 0.5, 0.5));
    }

    [Fact]
    public void The_most_confident_mistakes_come_first_and_equal_ones_in_the_data_sets_order() =>
        _report.ConfidentMistakes(3).Select(answer => answer.Index).Should().Equal(4, 2, 5);

    [Fact]
    public void There_are_no_more_mistakes_than_were_made()
    {
        _report.ConfidentMistakes(100).Should().HaveCount(4).And.OnlyContain(answer => !answer.IsRight);
        _report.ConfidentMistakes(0).Should().BeEmpty();
    }

    // With the formula in Python: z = 1.959963984540054, (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    [Theory]
    [InlineData(1698, 10_000, 0.1625682947671508, 0.17728529775684404)]
    [InlineData(1, 10, 0.017876213095072868, 0.4041500267952385)]
    [InlineData(3, 4, 0.30064184258240195, 0.9544127391902995)]
    [InlineData(0, 10, 0, 0.2775327998628892)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    public void Intervals_are_Wilsons(int wrong, int count, double low, double high)
    {
        var interval = ErrorInterval.Wilson(wrong, count);

        interval.Low.Should().BeApproximately(low, 1e-14);
        interval.High.Should().BeApproximately(high, 1e-14);
        interval.Low.Should().BeInRange(0, (double)wrong / count);
        interval.High.Should().BeInRange((double)wrong / count, 1);
    }

    [Fact]
    public void Every_error_has_its_interval()
    {
        _report.Top1Interval.Should().Be(ErrorInterval.Wilson(4, 8));
        _report.Top5Interval.Should().BeNull("there are three classes");
        Answers.Report(Answers.Sure(5, 0, 0.5)).Top5Interval.Should().Be(ErrorInterval.Wilson(0, 1));
    }

    [Fact]
    public void The_evaluator_reports_what_it_did()
    {
        var shapes = TinyNetwork.Shapes(30);
        using var model = TinyNetwork.Build(shapes.Labels.Count);

        var report = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, new EvaluationOptions { BatchSize = 7, WorkerCount = 2 });

        report.Answers.Select(answer => answer.Index).Should().Equal(Enumerable.Range(0, 30));
        report.Answers.Select(answer => answer.Label).Should().Equal(Enumerable.Range(0, 30).Select(shapes.LabelOf));
        report.Top1Correct.Should().Be(report.Answers.Count(answer => answer.IsRight));
        report.Labels.Should().BeSameAs(shapes.Labels);
        report.Preprocessing.Should().Be(Preprocessing.Cifar10);
        report.ViewCount.Should().Be(1);
        report.Options.BatchSize.Should().Be(7);
    }
}
