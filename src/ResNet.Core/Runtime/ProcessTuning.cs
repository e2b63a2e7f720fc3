using System.Runtime.InteropServices;

namespace ResNet.Runtime;

/// <summary>Settings of the process that native code reads: its environment and glibc's allocator.</summary>
internal static unsafe partial class ProcessTuning
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int TopPadBytes = 256 << 20;

    /// <summary>Environment.SetEnvironmentVariable keeps a managed copy on Unix, which native code never sees.</summary>
    public static void SetNativeVariableIfUnset(string name, string value)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnv(name, value, overwrite: 0);
        }
    }

    public static string? NativeVariable(string name)
    {
        return OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable(name) : Marshal.PtrToStringUTF8(GetEnv(name));
    }

    /// <returns>False where the C library is not glibc.</returns>
    public static bool KeepFreedMemory()
    {
        if (SystemLibraries.Glibc() is null || !NativeLibrary.TryLoad("libc.so.6", out nint libc)
            || !NativeLibrary.TryGetExport(libc, "mallopt", out nint export))
        {
            return false;
        }

        var mallopt = (delegate* unmanaged<int, int, int>)export;
        return mallopt(TopPad, TopPadBytes) != 0 & mallopt(TrimThreshold, int.MaxValue) != 0 & mallopt(MmapMax, 0) != 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);
}
