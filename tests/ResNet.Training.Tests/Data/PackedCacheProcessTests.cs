using System.Diagnostics;
using System.Globalization;

namespace ResNet.Training.Tests.Data;

public sealed class PackedCacheProcessTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string File => _temporary.PathTo("shapes.pack");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Killed_in_the_middle_of_writing_the_next_run_is_right()
    {
        const int Count = 4000;
        using (Process process = Start(Count))
        {
            while (int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture) < Count / 4)
            {
            }

            process.Kill();
            process.WaitForExit();
        }

        System.IO.File.Exists(File).Should().BeFalse();
        Directory.GetFiles(_temporary.Root, "*.tmp").Should().ContainSingle().Which.Should().Match(path => new FileInfo(path).Length > 64 * 64 * 3 * (Count / 8));

        var shapes = new SyntheticShapes(Count, size: 64);
        using var cache = PackedCache.OpenOrCreate(shapes, File);

        cache.MadeBecause.Should().Be("there was none");
        Directory.GetFiles(_temporary.Root).Select(Path.GetFileName).Should().BeEquivalentTo("shapes.pack", ".shapes.pack.lock");
        for (int i = 0; i < Count; i += 37)
        {
            cache.Read(i).Image.Pixels.Should().Equal(shapes.Read(i).Image.Pixels);
        }
    }

    [Fact]
    public void Processes_that_come_at_once_make_one_file_and_share_it()
    {
        Process[] processes = [Start(1000), Start(1000), Start(1000)];

        string[] last = [.. processes.Select(process => process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim())];

        processes.Should().OnlyContain(process => process.WaitForExit(60_000) && process.ExitCode == 0);
        last.Should().BeEquivalentTo("made because there was none", "made because nothing", "made because nothing");
        Array.ForEach(processes, process => process.Dispose());
    }

    private Process Start(int count) => Process.Start(new ProcessStartInfo(
        "dotnet", ["exec", typeof(Program).Assembly.Location, "cache", File, count.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
