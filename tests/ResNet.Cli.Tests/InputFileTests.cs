using ResNet.Imaging;

namespace ResNet.Cli.Tests;

/// <summary>What comes instead of plain files: pipes, devices, names that are not UTF-8.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InputFileTests()
    {
        ImageEncoder.SavePng(new RgbImage(40, 40, [.. Enumerable.Range(0, 4800).Select(i => (byte)(i * 7))]), Photo);
    }

    private string Photo => _folder.PathTo("photo.png");

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            SpecialFiles.Clear(_folder.Root);
        }

        _folder.Dispose();
    }

    [SkippableFact]
    public void Photos_come_through_pipes_as_well()
    {
        var (code, output, errors) = Shell.Run(_folder.Root, "cat photo.png | \"$R\" classify /dev/stdin <(cat photo.png) photo.png --top 1");

        code.Should().Be(0, errors);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(6);
        lines[0].Should().Be("/dev/stdin");
        lines[2].Should().StartWith("/dev/fd/");
        lines[1].Should().Be(lines[5]).And.Be(lines[3]);
    }

    [SkippableFact]
    public void Weights_through_a_pipe_are_refused_with_the_way_out()
    {
        var (code, _, errors) = Shell.Run(_folder.Root, "cat photo.png | \"$R\" summary /dev/stdin");

        code.Should().Be(1);
        errors.Should().Be("/dev/stdin is a pipe, not a file of weights: it would have to be read more than once, which a pipe cannot be. Write its content to a file first, and name that.\n");
    }

    [SkippableTheory]
    [InlineData("summary pipe.pth", "pipe.pth is a pipe, not a file of weights")]
    [InlineData("classify pipe.pth", "pipe.pth is a pipe that nothing was written into")]
    [InlineData("classify /dev/zero", "/dev/zero is a device, not a picture file")]
    [InlineData("train --data pipe.pth", "pipe.pth is a pipe, not an archive of CIFAR-10")]
    public void A_pipe_that_nobody_writes_into_and_a_device_hold_nobody_up(string command, string error)
    {
        var (code, _, errors) = Shell.Run(_folder.Root, $"mkfifo pipe.pth; \"$R\" {command}");

        code.Should().BeOneOf(1, 2);
        errors.Should().Contain(error).And.NotContain("fault of the program");
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void The_first_signal_ends_the_waiting_for_a_pipe(string signal, int exitCode)
    {
        Signals.SkipUnlessHeard(signal);
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        string pipe = SpecialFiles.Pipe(_folder.PathTo("photo.jpg"));
        using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var process = new ResnetProcess(_folder.Root, "classify", pipe);
        process.WaitForError("engine:");

        process.Send(signal);

        process.Finish().ExitCode.Should().Be(exitCode);
    }

    [SkippableFact]
    public void A_name_that_is_not_UTF8_is_said_to_be_such()
    {
        var (code, _, errors) = Shell.Run(_folder.Root, "cp photo.png $'caf\\xe9.jpg'; \"$R\" classify $'caf\\xe9.jpg'");

        code.Should().Be(1);
        errors.Should().Contain("caf\uFFFD.jpg is not found: its name holds bytes that are not UTF-8, so .NET cannot open it; rename it");
    }

    [SkippableFact]
    public void A_folder_of_such_a_name_is_said_too()
    {
        var (code, _, errors) = Shell.Run(_folder.Root, "mkdir $'caf\\xe9'; \"$R\" train --data $'caf\\xe9'");

        code.Should().Be(1);
        errors.Should().Contain("nor a folder that is there. Its name holds bytes that are not UTF-8, so .NET cannot open it; rename it.");
    }

    [SkippableFact]
    public void A_photo_with_a_name_as_long_as_file_systems_allow_is_explained()
    {
        string name = new string('n', 251) + ".png";
        File.Copy(Photo, _folder.PathTo(name));

        var (code, _, errors) = Shell.Run(_folder.Root, "\"$R\" explain \"$1\" --output explained", name);

        code.Should().Be(0, errors);
        Directory.GetFiles(_folder.PathTo("explained"), "*.png").Should().ContainSingle().Which.Should().EndWith(".explained.png");
    }
}
