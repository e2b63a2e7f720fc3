namespace ResNet.Training.Tests;

public sealed class RunReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Metrics_have_a_line_a_point_under_a_fixed_header()
    {
        using var report = Report();
        report.Begin([]);
        report.Add(Histories.Point(1));
        report.Add(Histories.Point(2) with { ValidationError = null, ValidationLoss = null });
        report.Finish(null);

        Metrics().Should().Equal(
            "epoch,iteration,learning_rate,train_loss,train_error,validation_error,validation_loss,images_per_second,data_wait_share,elapsed_seconds",
            "1,10,0.1,0.3333333333333333,0.500000,0.600000,0.6666666666666666,1234.6,0.0123,12.5",
            "2,20,0.1,0.25,0.250000,,,1234.6,0.0123,25.0");
    }

    [Fact]
    public void The_first_point_is_on_disk_at_once()
    {
        using var report = Report();
        report.Begin([]);
        report.Add(Histories.Point(1));

        Metrics().Should().HaveCount(2);
    }

    [Fact]
    public void A_run_that_goes_on_ends_where_its_history_ends_and_then_equals_one_that_never_stopped()
    {
        using (var stopped = Report())
        {
            stopped.Begin([]);
            foreach (var point in Histories.Points(5))
            {
                stopped.Add(point);
            }

            stopped.Finish(null);
        }

        using var resumed = Report();
        resumed.Begin(Histories.Points(3));
        Metrics().Should().HaveCount(4);
        resumed.Add(Histories.Point(4));
        resumed.Finish(null);

        string[] lines = Metrics();
        File.WriteAllText(_folder.PathTo("whole.csv"), MetricsTable.ToText(Histories.Points(4)));
        lines.Should().Equal(File.ReadAllLines(_folder.PathTo("whole.csv")));
    }

    [Fact]
    public void Points_survive_a_checkpoint_to_the_last_bit()
    {
        var point = Histories.Point(3) with { TrainLoss = 0.1 + 0.2, Elapsed = TimeSpan.FromTicks(123456789), ValidationError = null };

        string saved = System.Text.Json.JsonSerializer.Serialize(point);

        System.Text.Json.JsonSerializer.Deserialize<MetricPoint>(saved).Should().Be(point);
    }

    public void Dispose() => _folder.Dispose();

    private RunReport Report() => new(_folder.Root, Histories.Header());

    private string[] Metrics() => File.ReadAllLines(_folder.PathTo("metrics.csv"));
}
