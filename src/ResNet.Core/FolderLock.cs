namespace ResNet;

/// <summary>
/// Keeps a folder for one writer: a file in it that is locked until this is disposed. The system gives the lock back when a process ends, however it ends.
/// A folder that was made for the lock and is still empty then goes again.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private const int MaxTries = 100;
    private readonly FileStream _held;
    private readonly string _folder;
    private readonly bool _isNew;

    private FolderLock(FileStream held, string folder, bool isNew)
    {
        _held = held;
        _folder = folder;
        _isNew = isNew;
    }

    /// <summary>Takes the lock, or says at once that another one has it.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="fileName">Name of the file that is locked; it is there only as long as the lock.</param>
    /// <returns>The lock; null where another one has it, in this process or elsewhere.</returns>
    /// <exception cref="IOException">The folder or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be made.</exception>
    public static FolderLock? TryTake(string folder, string fileName)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        string path = Path.Combine(folder, fileName);
        bool isNew = !Directory.Exists(folder);
        for (int tries = 1; ; tries++)
        {
            Directory.CreateDirectory(folder);
            try
            {
                // With exactly these options .NET looks, once it has the lock, whether the file was deleted meanwhile, and then begins anew.
                return new FolderLock(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose), folder, isNew);
            }
            catch (DirectoryNotFoundException) when (tries < MaxTries)
            {
                // Whoever had it has just left an empty folder, and removed it.
            }
            catch (IOException exception) when (SharingViolation.Is(exception))
            {
                return null;
            }
        }
    }

    /// <summary>Gives the lock back; its file goes.</summary>
    public void Dispose()
    {
        _held.Dispose();
        if (_isNew && Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            try
            {
                Directory.Delete(_folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another one has just begun in it, or has removed it.
            }
        }
    }
}
