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

    [Fact]
    public void Temporary_files_of_killed_writers_go_and_those_of_living_ones_stay()
    {
        using var folder = new TemporaryFolder();
        string left = folder.PathTo($".weights.bin.{Guid.NewGuid():N}.tmp");
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
