namespace ResNet.Core.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_failure_leaves_the_old_file_and_no_temporary_one()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("weights.bin");
        AtomicFile.WriteAllText(path, "old");

        var failing = () => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the new"u8);
            throw new InvalidOperationException("disk on fire");
        });

        failing.Should().Throw<InvalidOperationException>().WithMessage("disk on fire");
        File.ReadAllText(path).Should().Be("old");
        Directory.GetFiles(folder.Root).Should().Equal(path);
    }

    [Fact]
    public void The_old_file_stays_readable_until_the_new_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("weights.bin");
        AtomicFile.WriteAllText(path, "old");
        string? seen = null;

        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            seen = File.ReadAllText(path);
        });

        seen.Should().Be("old");
        File.ReadAllText(path).Should().Be("new");
        Directory.GetFiles(folder.Root).Should().Equal(path);
    }

    [Fact]
    public void Text_has_no_byte_order_mark_and_missing_folders_are_made()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("a", "b", "report.md");
        AtomicFile.WriteAllText(path, "é");
        File.ReadAllBytes(path).Should().Equal(0xC3, 0xA9);
    }

    [Theory]
    [InlineData(255, 'n')]
    [InlineData(127, 'é')]
    public void A_name_as_long_as_file_systems_allow_can_be_written(int length, char letter)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo(new string(letter, length));

        AtomicFile.WriteAllText(path, "content");

        File.ReadAllText(path).Should().Be("content");
        Directory.GetFiles(folder.Root).Should().Equal(path);
    }

    [Fact]
    public void A_name_that_is_too_long_is_said_under_its_own_name()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo(new string('n', 256));

        FluentActions.Invoking(() => AtomicFile.WriteAllText(path, "content")).Should().Throw<IOException>().WithMessage($"{path} cannot be written: *");

        Directory.GetFiles(folder.Root).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("device")]
    [InlineData("pipe")]
    [InlineData("folder")]
    public void What_is_no_file_is_not_replaced(string kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("out");
        _ = kind switch
        {
            "device" => File.CreateSymbolicLink(path, "/dev/null").FullName,
            "pipe" => SpecialFiles.Pipe(path),
            _ => Directory.CreateDirectory(path).FullName,
        };

        FluentActions.Invoking(() => AtomicFile.WriteAllText(path, "content")).Should().Throw<IOException>().WithMessage($"{path} is a {kind}; name a file.");

        Directory.GetFileSystemEntries(folder.Root).Should().Equal(path);
        FileNode.KindOf(path).Should().NotBe(FileKind.Regular);
    }

    [Theory]
    [InlineData(".weights.bin.0123456789abcdef0123456789abcdef.tmp")]
    [InlineData(".resnet-0123456789abcdef.0123456789abcdef0123456789abcdef.tmp")]
    public void Temporary_files_of_killed_writers_go_and_those_of_living_ones_stay(string leftName)
    {
        using var folder = new TemporaryFolder();
        string left = folder.PathTo(leftName);
        string foreign = folder.PathTo(".weights.tmp");
        File.WriteAllText(left, "half");
        File.WriteAllText(foreign, "whole");

        AtomicFile.Write(folder.PathTo("weights.bin"), stream =>
        {
            stream.Write("new"u8);
            AtomicFile.RemoveLeftovers(folder.Root);
        });

        Directory.GetFiles(folder.Root).Should().BeEquivalentTo(folder.PathTo("weights.bin"), foreign);
    }
}
