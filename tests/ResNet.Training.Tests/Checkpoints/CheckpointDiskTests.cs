using System.Diagnostics;

namespace ResNet.Training.Tests;

/// <summary>Real file systems, full or read-only, in a child process that mounts one for itself.</summary>
public sealed class CheckpointDiskTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void A_full_disk_is_said_with_figures_and_the_checkpoints_before_stay_whole()
    {
        string[] lines = InDisk("size=1m");

        lines.Should().HaveCount(3);
        lines[0].Should().Match($"{_temporary.PathTo("iteration-00000003.safetensors")} cannot be written: it takes 400,002 bytes, and the disk has * free. "
            + "The checkpoints before it are kept; free some space and go on with the run.");
        lines[1..].Should().Equal("newest: iteration-00000002.safetensors", "files: 2");
    }

    [SkippableFact]
    public void A_disk_without_room_for_another_file_is_full()
    {
        string[] lines = InDisk("size=10m,nr_inodes=3");

        lines.Should().HaveCount(3);
        lines[0].Should().Be($"{_temporary.PathTo("iteration-00000003.safetensors")} cannot be written: it takes 400,002 bytes, and the disk is full. "
            + "The checkpoints before it are kept; free some space and go on with the run.");
        lines[1..].Should().Equal("newest: iteration-00000002.safetensors", "files: 2");
    }

    [SkippableFact]
    public void A_read_only_disk_is_said()
    {
        string[] lines = InDisk("ro");

        lines.Should().HaveCount(3);
        lines[0].Should().Match($"{_temporary.PathTo("iteration-00000001.safetensors")} cannot be written: Read-only file system*. "
            + "It would have been the first one, so there is nothing to go on from: make the folder writable and begin the run again.");
        lines[1..].Should().Equal("newest: none", "files: 0");
    }

    [SkippableFact]
    public void A_disk_that_is_full_at_the_first_checkpoint_has_nothing_to_go_on_from()
    {
        string[] lines = InDisk("size=100k");

        lines.Should().HaveCount(3);
        lines[0].Should().Match($"{_temporary.PathTo("iteration-00000001.safetensors")} cannot be written: it takes 400,002 bytes, and the disk has * free. "
            + "It would have been the first one, so there is nothing to go on from: free some space and begin the run again.");
        lines[1..].Should().Equal("newest: none", "files: 0");
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_said()
    {
        string path = _temporary.PathTo("checkpoints");
        File.WriteAllText(path, "no folder");
        using var sample = new SampleCheckpoint();

        new CheckpointFolder(path, 1).Invoking(folder => folder.Write(sample.At(1), null)).Should().Throw<CheckpointException>()
            .WithMessage($"{Path.Combine(path, "iteration-00000001.safetensors")} cannot be written: *nothing to go on from: make the folder writable and begin the run again.");
    }

    [Fact]
    public void What_killed_processes_left_goes_and_what_is_being_written_stays()
    {
        string left = _temporary.PathTo(".iteration-00000001.safetensors.0123456789abcdef0123456789abcdef.tmp");
        string written = _temporary.PathTo(".iteration-00000002.safetensors.0123456789abcdef0123456789abcdef.tmp");
        string foreign = _temporary.PathTo(".notes.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(foreign, "whole");
        using var sample = new SampleCheckpoint();
        using (new FileStream(written, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            new CheckpointFolder(_temporary.Root, 1).Write(sample.At(3), null);
        }

        Directory.GetFiles(_temporary.Root).Should().BeEquivalentTo(_temporary.PathTo("iteration-00000003.safetensors"), written, foreign);
    }

    /// <summary>Runs the program that writes five checkpoints on a disk of its own, mounted in a name space of its own.</summary>
    private string[] InDisk(string mountOptions)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Run("mount -t tmpfs none \"$1\"").Code == 0, "No file system can be mounted here.");
        var (code, output) = Run($"mount -t tmpfs -o {mountOptions} none \"$1\" && exec dotnet exec \"$2\" checkpoints \"$1\" 5");
        code.Should().Be(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private (int Code, string Output) Run(string script)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(
                "unshare", ["--map-root-user", "--mount", "sh", "-c", script, "sh", _temporary.Root, typeof(Program).Assembly.Location])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit(Watchdog).Should().BeTrue("the program ends by itself");
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "there is no unshare");
        }
    }
}
