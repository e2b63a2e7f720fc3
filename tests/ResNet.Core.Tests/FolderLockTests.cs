namespace ResNet.Core.Tests;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_has_one_holder_at_a_time()
    {
        var first = FolderLock.TryTake(_folder.Root, "a.lock");
        FolderLock.TryTake(_folder.Root, "a.lock").Should().BeNull();

        first!.Dispose();

        using var second = FolderLock.TryTake(_folder.Root, "a.lock");
        second.Should().NotBeNull();
    }

    [Fact]
    public void A_lock_leaves_no_file_behind_and_no_empty_folder_that_was_made_for_it()
    {
        FolderLock.TryTake(_folder.PathTo("new"), "a.lock")!.Dispose();
        FolderLock.TryTake(_folder.Root, "a.lock")!.Dispose();

        Directory.EnumerateFileSystemEntries(_folder.Root).Should().BeEmpty();
    }

    [Fact]
    public void A_folder_that_was_made_for_a_lock_and_holds_something_stays()
    {
        using (FolderLock.TryTake(_folder.PathTo("new"), "a.lock"))
        {
            File.WriteAllText(_folder.PathTo("new", "result.txt"), "1");
        }

        Directory.GetFiles(_folder.PathTo("new")).Should().Equal(_folder.PathTo("new", "result.txt"));
    }
}
