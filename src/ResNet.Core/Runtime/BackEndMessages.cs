using System.Reflection;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>What is said where the native back end cannot be used: what was expected, what was found, what to do.</summary>
internal static class BackEndMessages
{
    private const string OptOut = "PatchTorchSharpForOldLibstdcxx";
    private static readonly string[] Platforms = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    public static string Missing(string platform, IReadOnlyList<string> folders, bool libTorchIsMissing)
    {
        string file = libTorchIsMissing ? NativeFiles.LibTorchFile : NativeFiles.TorchSharpFile;
        string found = $"No native back end of torch was found: {file} is in none of the folders in which .NET looks ({string.Join(", ", folders)}). ";
        if (!Platforms.Contains(platform))
        {
            return found + $"TorchSharp has none for {platform}; it has them for {string.Join(", ", Platforms)}.";
        }

        string single = platform == "linux-x64"
            ? $"libtorch-cpu-linux-x64 {LibTorchVersion} (with <RuntimeIdentifier>linux-x64</RuntimeIdentifier> in the project), or "
            : string.Empty;
        string cuda = platform switch
        {
            "linux-x64" => ", or TorchSharp-cuda-linux for NVIDIA GPUs",
            "win-x64" => ", or TorchSharp-cuda-windows for NVIDIA GPUs",
            _ => string.Empty,
        };
        return found + "ResNet.Core leaves the choice to the program: add one of these packages to the program's project "
            + $"(a library should add none), and build it again: {single}TorchSharp-cpu {TorchSharpVersion}{cuda}.";
    }

    public static string Incompatible(IReadOnlyList<string> missing, Version? libstdcxx, Version? glibc, string loaderMessage)
    {
        if (missing.Count == 0)
        {
            return "The native back end of torch is there, but this system cannot load it. The system's loader says: "
                + $"{loaderMessage.Trim()} {WhatElse(glibc)}";
        }

        string found = $"The native back end of torch needs {string.Join(" and ", missing)}; this system has {SystemLibraries.Name(libstdcxx)} "
            + $"and {(glibc is null ? "no glibc" : "glibc " + glibc)}. ";
        bool curable = missing.All(version => version == "GLIBCXX_" + SystemLibraries.LibstdcxxUncured)
            && libstdcxx >= SystemLibraries.LibstdcxxFloor && glibc >= SystemLibraries.GlibcFloor;
        return curable
            ? found + "Nothing in the library is called through that version, and a build that references ResNet.Core makes it optional: "
                + $"reference the package ResNet.Core in the program, do not set {OptOut} to false, and build the program again."
            : found + $"GLIBCXX_{SystemLibraries.LibstdcxxFloor} and glibc {SystemLibraries.GlibcFloor} are the least that can do "
                + $"(GLIBCXX_{SystemLibraries.LibstdcxxUncured} where {OptOut} is false): run it on Debian 12, Ubuntu 22.04 or newer, or in a container of one.";
    }

    public static string NoCuda(string asked, bool backEndHasCuda)
    {
        return backEndHasCuda
            ? $"'{asked}' was asked for, but no CUDA device can be used: the back end has CUDA, and it found no NVIDIA GPU with a driver that is "
                + "new enough. See whether nvidia-smi lists one and whether CUDA_VISIBLE_DEVICES hides it, or ask for 'cpu' or 'auto'."
            : $"'{asked}' was asked for, but the back end of this program is built for the CPU alone. Add the package TorchSharp-cuda-linux "
                + "or TorchSharp-cuda-windows to the program instead of the CPU's (in this repository: -p:TorchBackend=cuda-linux or "
                + "cuda-windows), or ask for 'cpu' or 'auto'.";
    }

    public static string NoSuchCudaDevice(string asked, int deviceCount)
    {
        return $"'{asked}' was asked for, but there {(deviceCount == 1 ? "is 1 CUDA device: cuda:0" : $"are {deviceCount} CUDA devices: cuda:0 to cuda:{deviceCount - 1}")}. "
            + "Ask for one of these, or for 'cuda', the first.";
    }

    public static string LibTorchVersion => typeof(BackEndMessages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(fact => fact.Key == "LibTorchVersion")?.Value ?? string.Empty;

    public static string TorchSharpVersion => typeof(torch).Assembly.GetName().Version?.ToString(3) ?? string.Empty;

    private static string WhatElse(Version? glibc)
    {
        if (OperatingSystem.IsWindows())
        {
            return "Install the Microsoft Visual C++ redistributable for this architecture, and see that all files of the back end are from one version.";
        }

        return OperatingSystem.IsLinux() && glibc is null
            ? "libtorch is built for glibc, and this system has another C library (musl?): use an image based on Debian or Ubuntu."
            : "See that all files of the back end are from one version; a clean restore and build brings them in order.";
    }
}
