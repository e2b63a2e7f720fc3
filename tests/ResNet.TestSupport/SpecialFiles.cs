using System.Diagnostics;

namespace ResNet.TestSupport;

/// <summary>Files that .NET cannot make: pipes, and names that are not UTF-8.</summary>
public static class SpecialFiles
{
    /// <summary>A named pipe.</summary>
    public static string Pipe(string path)
    {
        Shell("mkfifo \"$1\"", path);
        return path;
    }

    /// <summary>Copies a file to a name whose byte 0xE9 is an é of Latin-1, and no UTF-8.</summary>
    /// <returns>How .NET reads the name.</returns>
    public static string CopyToLatin1Name(string file, string folder)
    {
        Shell("cp \"$1\" \"$2/$(printf 'caf\\351.jpg')\"", file, folder);
        return Path.Combine(folder, "caf\uFFFD.jpg");
    }

    /// <summary>Who may do what with a file, as chmod's number.</summary>
    public static int Mode(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : (int)File.GetUnixFileMode(path);

    /// <summary>Empties a folder, also of what .NET cannot name.</summary>
    public static void Clear(string folder) => Shell("find \"$1\" -mindepth 1 -delete", folder);

    /// <summary>Runs a line of the shell; <c>$1</c>, <c>$2</c> are the arguments.</summary>
    public static void Shell(string script, params string[] arguments)
    {
        using var process = Process.Start("sh", ["-c", script, "sh", .. arguments]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{script}' failed with exit code {process.ExitCode}.");
        }
    }
}
