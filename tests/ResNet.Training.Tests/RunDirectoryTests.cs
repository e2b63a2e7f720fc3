namespace ResNet.Training.Tests;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_of_one_name_that_begin_at_once_get_a_folder_each()
    {
        const int count = 16;
        using var together = new Barrier(count);
        var held = new RunDirectory[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            held[i] = RunDirectory.Create(_folder.PathTo("runs"), "run");
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        string[] expected = [_folder.PathTo("runs", "run"), .. Enumerable.Range(2, count - 1).Select(i => _folder.PathTo("runs", $"run-{i}"))];
        held.Select(directory => directory.Path).Should().BeEquivalentTo(expected);
        Array.ForEach(held, directory => directory.Dispose());
    }

    [Fact]
    public void A_name_that_is_taken_is_never_taken_again()
    {
        File.WriteAllText(_folder.PathTo("run"), "a file");
        Directory.CreateDirectory(_folder.PathTo("run-2"));

        using var directory = RunDirectory.Create(_folder.Root, "run");

        directory.Path.Should().Be(_folder.PathTo("run-3"));
    }

    [Fact]
    public void A_held_folder_is_refused_to_others_until_it_is_given_back()
    {
        var first = RunDirectory.Hold(_folder.PathTo("run"));
        FluentActions.Invoking(() => RunDirectory.Hold(_folder.PathTo("run"))).Should().Throw<CheckpointException>().WithMessage("*is in use*");

        first.Dispose();

        using var second = RunDirectory.Hold(_folder.PathTo("run"));
        second.HoldsRun.Should().BeFalse();
    }

    [Fact]
    public void A_trainer_trains_in_a_folder_that_its_caller_holds()
    {
        var pictures = TinyNetwork.Shapes(32);
        using var directory = RunDirectory.Create(_folder.Root, "run");
        var options = TinyNetwork.Options with { Iterations = 2, OutputDirectory = directory.Path };
        using var model = TinyNetwork.Build(pictures.Labels.Count);

        new Trainer(model, options) { HeldDirectory = directory }.Fit(pictures, null);

        directory.HoldsRun.Should().BeTrue();
        FluentActions.Invoking(() => RunDirectory.Hold(directory.Path)).Should().Throw<CheckpointException>("the folder is its caller's still");
    }

    [Fact]
    public void A_held_folder_that_is_not_the_run_s_is_refused()
    {
        using var directory = RunDirectory.Create(_folder.Root, "run");
        using var model = TinyNetwork.Build(2);
        var trainer = new Trainer(model, TinyNetwork.Options with { OutputDirectory = _folder.PathTo("other") }) { HeldDirectory = directory };

        trainer.Invoking(it => it.Fit(new TinyDataset(16), null)).Should().Throw<InvalidOperationException>().WithMessage("*HeldDirectory*");
    }

    [Fact]
    public void A_run_that_is_refused_leaves_no_folder()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var model = TinyNetwork.Build(2);
        var options = TinyNetwork.Options with { OutputDirectory = _folder.PathTo("run"), Precision = Precision.Auto };

        new Trainer(model, options).Invoking(it => it.Fit(new TinyDataset(16), null, null, cancelled.Token)).Should().Throw<OperationCanceledException>();

        Directory.Exists(_folder.PathTo("run")).Should().BeFalse();
    }
}
