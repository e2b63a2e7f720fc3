using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>Gathers what <see cref="TorchRuntimeInfo"/> tells.</summary>
internal static class RuntimeInspector
{
    public static TorchRuntimeInfo Inspect()
    {
        var problems = new List<string>();
        bool loads = Loads(problems);
        Version? libstdcxx = SystemLibraries.Libstdcxx();
        return new TorchRuntimeInfo
        {
            OperatingSystem = RuntimeInformation.OSDescription,
            Platform = NativeFiles.Platform,
            Framework = RuntimeInformation.FrameworkDescription,
            Glibc = SystemLibraries.Glibc(),
            Libstdcxx = libstdcxx,
            LibstdcxxCure = Cure(libstdcxx),
            TorchSharpVersion = BackEndMessages.TorchSharpVersion,
            LibTorchVersion = loads ? torch.__version__ : null,
            BackEnd = !loads ? TorchBackEnd.None : TorchRuntime.HasCuda ? TorchBackEnd.Cuda : TorchBackEnd.Cpu,
            Devices = loads ? Devices() : [],
            ThreadCount = loads ? TorchRuntime.ThreadCount : null,
            ProcessorQuota = ProcessorLimit.Quota(),
            CpuFeatures = CpuFeatures.Find(),
            HasBFloat16Autocast = loads && LibTorchExports.HasAutocast,
            HasInferenceKernels = loads && LibTorchExports.HasInferenceKernels,
            Problems = problems,
        };
    }

    internal static LibstdcxxCure Cure(bool? isWeak, Version? libstdcxx)
    {
        return isWeak switch
        {
            null => LibstdcxxCure.NotNeeded,
            true => LibstdcxxCure.Applied,
            false when libstdcxx >= SystemLibraries.LibstdcxxUncured => LibstdcxxCure.NotAppliedNorNeeded,
            false => LibstdcxxCure.NotAppliedButNeeded,
        };
    }

    private static bool Loads(List<string> problems)
    {
        try
        {
            TorchRuntime.EnsureLoaded();
        }
        catch (TorchRuntimeException fault)
        {
            problems.Add(fault.Message);
            return false;
        }

        if (TorchRuntime.HasCuda && TorchRuntime.CudaDeviceCount == 0)
        {
            problems.Add(BackEndMessages.NoCuda("cuda", backEndHasCuda: true));
        }

        return true;
    }

    private static List<RuntimeFact> Devices()
    {
        var devices = new List<RuntimeFact> { new("cpu", CpuFeatures.Name()) };
        for (int i = 0; i < TorchRuntime.CudaDeviceCount; i++)
        {
            devices.Add(new($"cuda:{i}", CudaDriver.Name(i)));
        }

        return devices;
    }

    private static LibstdcxxCure Cure(Version? libstdcxx)
    {
        if (!OperatingSystem.IsLinux())
        {
            return LibstdcxxCure.NotNeeded;
        }

        string? file = SystemLibraries.LoadedFile(NativeFiles.TorchSharpFile) ?? NativeFiles.TorchSharp;
        try
        {
            return file is null
                ? LibstdcxxCure.Unknown
                : Cure(ElfVersionRequest.IsWeak(File.ReadAllBytes(file), "GLIBCXX_" + SystemLibraries.LibstdcxxUncured), libstdcxx);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return LibstdcxxCure.Unknown;
        }
    }
}
