using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>
/// Loads the native libraries in the order in which TorchSharp would, and says why where that fails. TorchSharp itself
/// would print its trace to standard output and copy half a gigabyte about before it gave up.
/// </summary>
internal static partial class BackEndProbe
{
    public static TorchRuntimeException? TryLoad()
    {
        if (!Environment.Is64BitProcess)
        {
            return new TorchBackendIncompatibleException("libtorch needs a 64-bit process, and this one has 32 bits. Build for x64 or arm64.", [], null);
        }

        if (ResourceShortage.FindFolderProblem() is { } problem)
        {
            return new TorchBackendIncompatibleException(problem, [], null);
        }

        _ = NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out _);
        try
        {
            _ = NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
            return null;
        }
        catch (DllNotFoundException fault)
        {
            return NativeFiles.RunsFromPackageCache() ? null : Diagnose(fault);
        }
        catch (BadImageFormatException fault)
        {
            return Diagnose(fault);
        }
    }

    private static TorchRuntimeException Diagnose(Exception fault)
    {
        return NativeFiles.LibTorch is null || NativeFiles.TorchSharp is null
            ? new TorchBackendMissingException(BackEndMessages.Missing(NativeFiles.Platform, NativeFiles.Folders(), NativeFiles.LibTorch is null))
            : Incompatible(fault.Message, SystemLibraries.Libstdcxx(), SystemLibraries.Glibc(), fault);
    }

    internal static TorchBackendIncompatibleException Incompatible(string loaderMessage, Version? libstdcxx, Version? glibc, Exception? fault)
    {
        if (ResourceShortage.ExplainLoader(loaderMessage) is { } shortage)
        {
            return new TorchBackendIncompatibleException(shortage, [], fault);
        }

        string[] missing = MissingVersion().Matches(loaderMessage).Select(match => match.Groups["version"].Value).Distinct().ToArray();
        return new TorchBackendIncompatibleException(BackEndMessages.Incompatible(missing, libstdcxx, glibc, loaderMessage), missing, fault);
    }

    // glibc's loader: "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by …)"
    [GeneratedRegex("version [`'](?<version>[A-Z]+_[0-9.]+)' not found", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MissingVersion();
}
