namespace ResNet.Downloading;

/// <summary>
/// Lets one thread of one process at a time work on a file. The system gives the lock back when a process ends, however it ends; the lock's
/// own file stays, since deleting it would let two others lock two different files of one name.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _held;

    private FileLock(FileStream held)
    {
        _held = held;
    }

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock's own file; its folder must be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static async Task<FileLock> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            }
            catch (IOException fault) when (SharingViolation.Is(fault))
            {
                await Task.Delay(BetweenTries, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _held.Dispose();
}
