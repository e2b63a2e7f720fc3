using System.Runtime.InteropServices;

namespace ResNet;

/// <summary>A second name for a file.</summary>
internal static partial class LinkedFile
{
    /// <summary>Gives a file another name beside its own, which replaces what stood there; where the file system knows no second names, by a copy.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The other name, in the same folder.</param>
    public static void Name(string path, string name)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(name)!, $".resnet-{Guid.NewGuid():N}");
        if (!OperatingSystem.IsWindows() && Link(path, temporary) == 0)
        {
            File.Move(temporary, name, overwrite: true);
            return;
        }

        AtomicFile.Write(name, stream =>
        {
            using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            source.CopyTo(stream);
        });
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string name);
}
