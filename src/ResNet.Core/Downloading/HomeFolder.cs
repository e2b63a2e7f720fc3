using System.Runtime.InteropServices;

namespace ResNet.Downloading;

/// <summary>Folders of the user's own. Services and containers often have a HOME that is not there, or that they may not write.</summary>
internal static unsafe partial class HomeFolder
{
    private const int Writable = 2;
    private const int Enterable = 1;
    private const int HomeOffset = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What HOME says, then what the system's list of users says, each if it is the whole path of a folder that is there.</summary>
    public static IEnumerable<string> Find() =>
        new[] { Environment.GetEnvironmentVariable("HOME"), OfUserList() }.OfType<string>().Where(home => Path.IsPathRooted(home) && Directory.Exists(home));

    /// <summary>Whether a folder is there, or can be made: a full cache that may only be read is of use.</summary>
    public static bool CanHold(string folder)
    {
        if (Directory.Exists(folder) || !OperatingSystem.IsLinux())
        {
            return true;
        }

        string? existing = Path.GetDirectoryName(folder);
        while (existing is not null && !Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        return Directory.Exists(existing) && Access(existing, Writable | Enterable) == 0;
    }

    /// <summary>A folder among the temporary files that nobody else may write: what lies there is taken for checked.</summary>
    /// <exception cref="IOException">Somebody else has a folder of that name.</exception>
    public static string Temporary(string name)
    {
        string temporary = Path.GetFullPath(Path.GetTempPath());
        if (!OperatingSystem.IsLinux())
        {
            return Path.Combine(temporary, name);
        }

        uint user = EffectiveUser();
        string folder = Path.Combine(temporary, FormattableString.Invariant($"{name}-{user}"));
        try
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, e.Message.TrimEnd('.'), e);
        }

        return FileNode.IsOwn(folder, user) ? folder : throw Unusable(folder, "it belongs to another user, or others may write there", null);
    }

    private static IOException Unusable(string folder, string reason, Exception? cause) => new(
        $"There is no folder to keep files in: neither HOME nor the system's list of users names one that can be written, and {folder} cannot be used ({reason}). "
        + $"Name one with {DownloadOptions.CacheVariable}.", cause);

    private static string? OfUserList()
    {
        // The entry lies in memory of the C library that the next call overwrites; nobody else in this process asks for it.
        byte* entry = OperatingSystem.IsLinux() ? UserEntry(EffectiveUser()) : null;
        return entry is null ? null : Marshal.PtrToStringUTF8(*(nint*)(entry + HomeOffset));
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    private static partial byte* UserEntry(uint user);
}
