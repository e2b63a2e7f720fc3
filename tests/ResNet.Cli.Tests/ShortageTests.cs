using ResNet.Imaging;

namespace ResNet.Cli.Tests;

/// <summary>Too little of what the system gives: files, memory, a current folder.</summary>
public sealed class ShortageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ShortageTests()
    {
        ImageEncoder.SavePng(new RgbImage(40, 40, new byte[4800]), _folder.PathTo("photo.png"));
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Too_few_files_are_said_before_the_work()
    {
        var (code, _, errors) = Shell.Run(_folder.Root, "ulimit -n 48; \"$R\" classify photo.png");

        code.Should().Be(1);
        errors.Should().Be("This process may not open as many files as it needs (48 at once); allow 1024 or more (ulimit -n 1024).\n");
    }

    [SkippableFact]
    public void Too_little_memory_for_the_back_end_is_no_missing_back_end()
    {
        var (code, _, errors) = Shell.Run(_folder.Root, "ulimit -v 1500000; \"$R\" classify photo.png");

        code.Should().Be(1);
        errors.Should().Contain("There is not enough memory: the native back end of torch could not be loaded. ").And.NotContain("cannot load it");
    }

    [SkippableTheory]
    [InlineData("classify ../photo.png")]
    [InlineData("doctor")]
    public void A_deleted_current_folder_is_said(string command)
    {
        var (code, _, errors) = Shell.Run(_folder.Root, $"mkdir gone; cd gone; rmdir ../gone; \"$R\" {command}");

        code.Should().Be(1);
        errors.Should().EndWith(
            "The current folder was deleted, or may not be entered, and the native back end of torch cannot work there; change to a folder that is there (cd).\n");
    }
}
