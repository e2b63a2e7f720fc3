using System.Runtime.InteropServices;

namespace ResNet;

/// <summary>Tells kinds of files apart without opening them: opening a pipe waits for whoever writes into it, for ever if need be.</summary>
internal static unsafe partial class FileNode
{
    private const int CurrentFolder = -100;
    private const uint AskForType = 1;
    private const int BufferLength = 256;
    private const uint AskForMode = 2;
    private const uint AskForOwner = 8;
    private const int DoNotFollow = 0x100;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;
    private const int WritableByOthers = 0x12;
    private const int FolderType = 0x4000;
    private const int TypeMask = 0xF000;

    /// <summary>What a path leads to. Where the system is not Linux, only files and folders are told apart.</summary>
    public static FileKind KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) ? FileKind.Regular : Directory.Exists(path) ? FileKind.Folder : FileKind.None;
        }

        // A path may hold no NUL, which would cut it off.
        byte* status = stackalloc byte[BufferLength];
        if (path.Contains('\0', StringComparison.Ordinal) || Statx(CurrentFolder, path, 0, AskForType, status) != 0)
        {
            return FileKind.None;
        }

        return (*(ushort*)(status + ModeOffset) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            FolderType => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0x2000 or 0x6000 => FileKind.Device,
            0xC000 => FileKind.Socket,
            _ => FileKind.Regular,
        };
    }

    /// <summary>Whether a path is itself a folder, no link, that belongs to a user and that only this user may write.</summary>
    public static bool IsOwn(string folder, uint user)
    {
        byte* status = stackalloc byte[BufferLength];
        return Statx(CurrentFolder, folder, DoNotFollow, AskForType | AskForMode | AskForOwner, status) == 0
            && (*(ushort*)(status + ModeOffset) & (TypeMask | WritableByOthers)) == FolderType
            && *(uint*)(status + OwnerOffset) == user;
    }

    /// <summary>What a message calls a kind.</summary>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "nothing",
    };

    // Its structure is the same on every processor, that of stat is not.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);
}
