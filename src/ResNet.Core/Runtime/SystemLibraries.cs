using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ResNet.Runtime;

/// <summary>The versions of the C and C++ libraries of a Linux system, as the loader of this process finds them.</summary>
internal static class SystemLibraries
{
    private const string CppPrefix = "GLIBCXX_";

    /// <summary>What libstdc++ must have for the cured library (GCC 12: Debian 12, Ubuntu 22.04).</summary>
    public static readonly Version LibstdcxxFloor = new(3, 4, 30);

    /// <summary>What libstdc++ must have for the library as TorchSharp ships it (GCC 13).</summary>
    public static readonly Version LibstdcxxUncured = new(3, 4, 32);

    public static readonly Version GlibcFloor = new(2, 34);

    /// <summary>Null where the C library is another one (musl, macOS, Windows).</summary>
    public static unsafe Version? Glibc()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out nint libc)
            || !NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out nint version))
        {
            return null;
        }

        string? text = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)version)());
        return Version.TryParse(text, out Version? parsed) ? parsed : null;
    }

    /// <summary>The highest GLIBCXX version of the libstdc++.so.6 that this process gets; null where there is none.</summary>
    public static Version? Libstdcxx()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libstdc++.so.6", out _))
        {
            return null;
        }

        return LoadedFile("libstdc++.so.6") is { } path ? HighestVersion(File.ReadAllBytes(path)) : null;
    }

    /// <summary>The file behind a loaded library, which LD_LIBRARY_PATH and run paths may have chosen.</summary>
    public static string? LoadedFile(string name)
    {
        const string maps = "/proc/self/maps";
        if (!File.Exists(maps))
        {
            return null;
        }

        return File.ReadLines(maps)
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? line[at..] : string.Empty)
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal) && File.Exists(path));
    }

    internal static Version? HighestVersion(ReadOnlySpan<byte> library)
    {
        Version? highest = null;
        ReadOnlySpan<byte> prefix = Encoding.ASCII.GetBytes(CppPrefix);
        for (int at = library.IndexOf(prefix); at >= 0; at = library.IndexOf(prefix))
        {
            library = library[(at + prefix.Length)..];
            int length = library.IndexOf((byte)0);
            if (length is > 0 and < 16 && Version.TryParse(Encoding.ASCII.GetString(library[..length]), out Version? version)
                && (highest is null || version > highest))
            {
                highest = version;
            }
        }

        return highest;
    }

    public static string Name(Version? libstdcxx)
    {
        return libstdcxx is null ? "no libstdc++.so.6" : string.Create(CultureInfo.InvariantCulture, $"up to {CppPrefix}{libstdcxx}");
    }
}
