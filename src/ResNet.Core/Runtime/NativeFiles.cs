using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>Where .NET looks for the native libraries of this program, and which of them are there.</summary>
internal static class NativeFiles
{
    public static string TorchSharpFile => FileNameOf("LibTorchSharp");

    public static string LibTorchFile => FileNameOf("torch_cpu");

    public static string LibTorchCudaFile => FileNameOf("torch_cuda");

    public static string? TorchSharp => Find(TorchSharpFile);

    public static string? LibTorch => Find(LibTorchFile);

    public static string? LibTorchCuda => Find(LibTorchCudaFile);

    /// <summary>The portable identifier of the native packages, such as linux-x64.</summary>
    public static string Platform
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return system + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        }
    }

    public static IReadOnlyList<string> Folders()
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty;
        var folders = new List<string>(searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        folders.Add(AppContext.BaseDirectory);
        folders.Add(Path.Combine(AppContext.BaseDirectory, "runtimes", Platform, "native"));
        if (TorchSharpFolder() is { } beside)
        {
            folders.Add(beside);
        }

        return folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal).Where(Directory.Exists).ToList();
    }

    /// <summary>
    /// In F# Interactive and notebooks TorchSharp is loaded from the package cache, and gathers its native files by itself.
    /// </summary>
    public static bool RunsFromPackageCache()
    {
        string? lib = Path.GetDirectoryName(TorchSharpFolder());
        string? package = Path.GetDirectoryName(Path.GetDirectoryName(lib));
        return Path.GetFileName(lib) == "lib" && string.Equals(Path.GetFileName(package), "torchsharp", StringComparison.OrdinalIgnoreCase);
    }

    private static string? TorchSharpFolder()
    {
        // Empty in a single-file program, where the assembly has no file of its own.
        string location = typeof(torch).Assembly.Location;
        return location.Length == 0 ? null : Path.GetDirectoryName(location);
    }

    private static string? Find(string file)
    {
        return Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static string FileNameOf(string library)
    {
        return OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
    }
}
