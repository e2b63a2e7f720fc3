using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ResNet.Cli.Tests;

/// <summary>Runs that are started in the same moment.</summary>
public sealed class RunsAtOnceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunsAtOnceTests()
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 48, 12);
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Runs_without_output_get_a_folder_each_and_each_can_be_resumed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        WaitForSecond();
        ResnetProcess[] processes = [.. Enumerable.Range(1, 3).Select(seed => Train("--seed", $"{seed}"))];
        WaitUntil(() => Directory.Exists(_folder.PathTo("runs")) && Directory.GetFiles(_folder.PathTo("runs"), "metrics.csv", SearchOption.AllDirectories).Length == 3, processes);
        foreach (var process in processes)
        {
            process.Send("TERM");
        }

        processes.Select(Finish).Should().OnlyContain(run => run.ExitCode == 143 || run.ExitCode == 0);

        string[] runs = Directory.GetDirectories(_folder.PathTo("runs"));
        runs.Select(SeedOf).Should().BeEquivalentTo([1, 2, 3]);
        ResnetProcess[] resumed = [.. runs.Select(run => new ResnetProcess(_folder.Root, "train", "--resume", run, "--json"))];
        resumed.Select(Finish).Should().OnlyContain(run => run.ExitCode == 0);
    }

    [SkippableFact]
    public void One_output_given_twice_is_one_run_that_can_be_resumed_and_the_other_is_refused_and_changes_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        ResnetProcess[] both = [.. Enumerable.Range(1, 2).Select(seed => Train("--seed", $"{seed}", "--output", "run"))];
        WaitUntil(() => File.Exists(_folder.PathTo("run", "metrics.csv")) && both.Any(process => process.HasExited), both);
        var refused = both.First(process => process.HasExited);
        var winner = both.Single(process => process != refused);

        winner.Send("TERM");

        Finish(winner).ExitCode.Should().BeOneOf(143, 0);
        var (code, _, errors) = Finish(refused);
        code.Should().Be(1);
        errors.Should().Match(text => text.Contains("is in use") || text.Contains("already holds a run"));
        SeedOf(_folder.PathTo("run")).Should().Be(winner == both[0] ? 1 : 2);
        Finish(new ResnetProcess(_folder.Root, "train", "--resume", "run", "--json")).ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_folder_that_another_process_writes_to_is_refused_before_the_work()
    {
        using var held = FolderLock.TryTake(_folder.PathTo("explained"), "output.lock");
        string photo = Directory.GetFiles(_folder.PathTo("pictures", "test"), "*.png", SearchOption.AllDirectories)[0];

        var (code, _, errors) = Finish(new ResnetProcess(_folder.Root, "explain", photo));
        code.Should().Be(1);
        errors.Should().Contain("explained is in use: another process writes there").And.Contain("--output");
    }

    private ResnetProcess Train(params string[] options) => new(
        _folder.Root,
        ["train", "--data", "pictures", "--arch", "resnet8-cifar", "--iterations", "60", "--batch-size", "16", "--precision", "fp32", "--json", .. options]);

    private static (int ExitCode, string Output, string Errors) Finish(ResnetProcess process)
    {
        using (process)
        {
            return process.Finish();
        }
    }

    private static int SeedOf(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "command.json")))!["seed"]!.GetValue<int>();

    /// <summary>The default name of a run has the second in it.</summary>
    private static void WaitForSecond() => Thread.Sleep(1000 - DateTime.Now.Millisecond);

    private static void WaitUntil(Func<bool> condition, IEnumerable<ResnetProcess> processes)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            processes.Should().Contain(process => !process.HasExited, "one of them should train");
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "the runs should have begun");
            Thread.Sleep(5);
        }
    }
}
