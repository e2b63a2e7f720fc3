using System.Globalization;

namespace ResNet.Training;

/// <summary>
/// The folder of one run, held for this process alone until it is disposed: nothing is written or deleted in it without that. A folder that was made
/// for the run and is still empty then goes again.
/// </summary>
public sealed partial class RunDirectory : IDisposable
{
    internal const string LockFileName = "run.lock";
    private readonly FolderLock _lock;

    private RunDirectory(string path, FolderLock held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Whether a run was begun here and came as far as its first checkpoint.</summary>
    public bool HoldsRun => RunFiles.HasBegun(Path) || new CheckpointFolder(RunFiles.CheckpointsIn(Path), 1).Files().Count > 0;

    /// <summary>Makes a new folder. Of several that ask for the same name at the same time, each gets another one.</summary>
    /// <param name="parent">The folder in which it is made; made if it is missing.</param>
    /// <param name="name">Its name. Where that is taken, -2, -3 and so on is put behind it.</param>
    /// <returns>The folder, empty but for its lock.</returns>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public static RunDirectory Create(string parent, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        ArgumentException.ThrowIfNullOrEmpty(name);
        for (int number = 1; ; number++)
        {
            string path = System.IO.Path.Combine(parent, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            if (System.IO.Path.Exists(path) || FolderLock.TryTake(path, LockFileName) is not { } held)
            {
                continue;
            }

            // Two may have seen that it is free. The lock decides; who gets it after the other is done finds what that one has left.
            if (Directory.EnumerateFileSystemEntries(path).All(entry => System.IO.Path.GetFileName(entry) == LockFileName))
            {
                return new RunDirectory(path, held);
            }

            held.Dispose();
        }
    }

    /// <summary>Holds a folder, new or old.</summary>
    /// <param name="path">The folder; made if it is missing.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="CheckpointException">Another run holds it, in this process or elsewhere.</exception>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written to.</exception>
    public static RunDirectory Hold(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var held = FolderLock.TryTake(path, LockFileName) ?? throw new CheckpointException(
            $"{path} is in use: another process trains there ({System.IO.Path.Combine(path, LockFileName)} is locked). Wait for it, or choose another folder.");
        return new RunDirectory(path, held);
    }

    /// <summary>Lets others have the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
