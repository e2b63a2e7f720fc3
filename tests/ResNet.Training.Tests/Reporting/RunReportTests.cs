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
    public void A_point_of_the_same_iteration_takes_the_place_of_the_one_before()
    {
        using var report = Report();
        report.Begin([]);
        report.Add(Histories.Point(1));
        report.Add(Histories.Point(2) with { ValidationError = null, ValidationLoss = null });
        report.Add(Histories.Point(2));
        report.Finish(null);

        Metrics().Should().HaveCount(3);
        Metrics()[^1].Should().StartWith("2,20,0.1,0.25,0.250000,0.300000,0.5,");
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

    [Fact]
    public void At_the_end_all_files_are_there_and_nothing_else()
    {
        using (var report = Report())
        {
            report.Begin([]);
            report.Add(Histories.Point(1));
            report.Finish(new RunReportEnding { Outcome = "Done." });
        }

        Directory.GetFiles(_folder.Root).Select(path => Path.GetFileName(path).Split(".tfevents")[0]).Should()
            .BeEquivalentTo("metrics.csv", "curves.png", "report.md", "events.out");
        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("\n\nDone.\n");
    }

    [Fact]
    public void Pictures_are_drawn_every_half_minute()
    {
        var clock = new SteppingClock();
        using var report = new RunReport(_folder.Root, Histories.Header(), clock: clock);
        report.Begin([]);
        report.Add(Histories.Point(1));
        clock.Step(TimeSpan.FromSeconds(29));
        report.Add(Histories.Point(2));
        File.Exists(_folder.PathTo("report.md")).Should().BeFalse();

        clock.Step(TimeSpan.FromSeconds(1));
        report.Add(Histories.Point(3));
        report.Add(Histories.Point(4));

        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("Not finished: 30 of 80");
        File.Exists(_folder.PathTo("curves.png")).Should().BeTrue();
    }

    [Fact]
    public void A_run_without_a_single_point_ends_with_a_report()
    {
        using var report = Report();
        report.Begin([]);
        report.Finish(new RunReportEnding { Outcome = "Stopped at iteration 0." });

        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("Stopped at iteration 0.");
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_files_up_to_there()
    {
        using (var report = Report())
        {
            report.Begin([]);
            report.Add(Histories.Point(1));
            report.Add(Histories.Point(2));
        }

        Metrics().Should().HaveCount(3);
        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("Not finished: 20 of 80");
        File.Exists(_folder.PathTo("curves.png")).Should().BeTrue();
    }

    [Fact]
    public void What_cannot_be_drawn_is_told_once_and_ends_nothing()
    {
        Directory.CreateDirectory(_folder.PathTo("curves.png", "in the way"));
        List<string> faults = [];
        using var report = new RunReport(_folder.Root, Histories.Header(), faults.Add);
        report.Begin([]);
        report.Add(Histories.Point(1));
        report.Finish(null);
        report.Finish(null);

        faults.Should().ContainSingle().Which.Should().StartWith($"curves.png of the run in {_folder.Root} cannot be brought up to date, and training goes on without: ");
        File.Exists(_folder.PathTo("report.md")).Should().BeTrue();
        Metrics().Should().HaveCount(2);
    }

    [Fact]
    public void Metrics_that_cannot_be_written_end_the_run()
    {
        Directory.CreateDirectory(_folder.PathTo("metrics.csv", "in the way"));
        using var report = Report();

        report.Invoking(r => r.Begin([])).Should().Throw<Exception>().Which.Should().Match(fault => fault is IOException || fault is UnauthorizedAccessException);
    }

    public void Dispose() => _folder.Dispose();

    private RunReport Report() => new(_folder.Root, Histories.Header());

    private string[] Metrics() => File.ReadAllLines(_folder.PathTo("metrics.csv"));

    private sealed class SteppingClock : TimeProvider
    {
        private TimeSpan _now = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Step(TimeSpan time) => _now += time;
    }
}
