using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class ReportTextTests
{
    [Fact]
    public void It_says_what_was_trained_with_what_and_what_came_of_it()
    {
        var ending = new RunReportEnding { Outcome = "All 80 iterations are done.", Remarks = ["2 pictures could not be read."] };

        string text = ReportText.Write(Histories.Header(), Histories.Points(8), ending);

        text.Should().StartWith("# ResNet-20, 10 classes\n\nAll 80 iterations are done.\n\n2 pictures could not be read.\n\n![Errors against iterations](curves.png)\n");
        text.Should().Contain("| last | 8 | 80 | 6.25 % | 0.1000 | 7.50 % | 0.2000 |\n");
        text.Should().Contain("| pictures to train on | 640 |\n").And.Contain("| blocks per stage | 3, 3, 3 |\n").And.Contain("| parameters | 269,722 |\n");
        text.Should().Contain("| batch size | 64 |\n").And.Contain("| weight decay | 0.0001 |\n").And.Contain("| arithmetic | float32: the reference. |\n");
        text.Should().Contain("| time | 0:01:40 |\n");
    }

    [Fact]
    public void While_it_lasts_it_says_how_far_it_is()
    {
        ReportText.Write(Histories.Header(), Histories.Points(3), null).Should().Contain("Not finished: 30 of 80 iterations are done.\n");
        ReportText.Write(Histories.Header(), [], null).Should().Contain("Not finished: 0 of 80 iterations are done.\n").And.NotContain("curves.png");
    }

    [Fact]
    public void A_short_run_has_a_line_for_each_point_with_the_best_in_bold()
    {
        MetricPoint[] points = [Histories.Point(1), Histories.Point(2) with { ValidationError = 0.1 }, Histories.Point(3)];

        EpochTable.Course(points).Split('\n').Skip(2).Should().Equal(
            "| 1 | 10 | 0.1 | 0.3333 | 50.00 % | 60.00 % | 1,235 | 0:00:12 |",
            "| 2 | 20 | 0.1 | 0.2500 | 25.00 % | **10.00 %** | 1,235 | 0:00:25 |",
            "| 3 | 30 | 0.1 | 0.2000 | 16.67 % | 20.00 % | 1,235 | 0:00:37 |",
            string.Empty);
        EpochTable.Summary(points).Should().Contain("| best | 2 | 20 | 25.00 % |").And.Contain("| last | 3 | 30 |");
    }

    [Fact]
    public void The_best_of_equal_errors_has_the_lowest_loss()
    {
        MetricPoint[] points = [.. new[] { 0.9, 0.4, 0.7, 0.4 }.Select((loss, i) => Histories.Point(i + 1) with { ValidationError = 0.1, ValidationLoss = loss })];

        EpochTable.Summary(points).Should().Contain("| best | 2 | 20 |");
    }

    [Fact]
    public void A_long_run_is_shortened_but_keeps_its_ends_its_best_and_its_drops()
    {
        MetricPoint[] points = [.. Enumerable.Range(1, 1000).Select(epoch => Histories.Point(epoch) with { LearningRate = epoch <= 777 ? 0.1 : 0.01, ValidationError = epoch == 555 ? 0.01 : 0.2 })];

        string[] rows = EpochTable.Course(points).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];

        rows.Should().HaveCountLessThan(45);
        rows.Select(row => row.Split('|')[1].Trim()).Should().Contain(["1", "555", "777", "778", "1,000"]);
    }

    [Fact]
    public void Without_validations_there_is_no_best()
    {
        var points = Histories.Points(2).Select(point => point with { ValidationError = null, ValidationLoss = null }).ToArray();

        EpochTable.Summary(points).Should().NotContain("best").And.Contain("| last | 2 | 20 | 25.00 % | 0.2500 | - |  |");
    }

    [Fact]
    public void Names_in_a_report_make_no_markup_and_no_lines()
    {
        var header = Histories.Header();
        header = header with { Description = header.Description with { Labels = new ClassLabels(["![x](http://tracker/x.png)", "a\n\u001b[2Jb", "\u202Egpj"]) } };
        var ending = new RunReportEnding { Outcome = "Done.", Remarks = ["Left out: a\n# title|<b>: no picture"] };

        string report = ReportText.Write(header, Histories.Points(1), ending);

        report.Should().Contain(@"| classes | !\[x\](http://tracker/x.png), a\n\u001B\[2Jb, \u202Egpj |").And.Contain(@"Left out: a\n# title\|&lt;b>: no picture");
        report.Should().NotContainAny("\u001b", "\u202E");
    }

    [Fact]
    public void Names_of_classes_do_not_break_the_table()
    {
        var header = Histories.Header();
        header = header with { Description = header.Description with { Labels = new ClassLabels(["a|b", "<c>", .. Enumerable.Range(0, 20).Select(i => $"n{i}")]) } };

        ReportText.Write(header, Histories.Points(1), null).Should().Contain(@"| classes | a\|b, &lt;c>, n0, n1, n2, n3, n4, n5, n6, n7 and 12 more |");
    }
}
