using System.Globalization;

namespace ResNet.Runtime;

/// <summary>Words for what was found.</summary>
internal static class RuntimeTable
{
    public static IReadOnlyList<RuntimeFact> Rows(TorchRuntimeInfo info)
    {
        var rows = new List<RuntimeFact>
        {
            new("operating system", $"{info.OperatingSystem} ({info.Platform})"),
            new(".NET", info.Framework),
        };
        if (info.Platform.StartsWith("linux", StringComparison.Ordinal))
        {
            rows.Add(new("glibc", info.Glibc?.ToString() ?? "none"));
            rows.Add(new("libstdc++", info.Libstdcxx is null ? "none" : "GLIBCXX_" + info.Libstdcxx));
            rows.Add(new("libstdc++ cure", Words(info.LibstdcxxCure)));
        }

        rows.Add(new("TorchSharp", info.TorchSharpVersion));
        rows.Add(new("libtorch", info.LibTorchVersion ?? "not loaded"));
        rows.Add(new("back end", Words(info.BackEnd)));
        rows.AddRange(info.Devices.Select(device => new RuntimeFact("device " + device.Name, device.Value)));
        rows.Add(new("threads", info.ThreadCount is { } count ? $"{count} of {Environment.ProcessorCount} logical cores" : "not known"));
        if (info.Platform.StartsWith("linux", StringComparison.Ordinal))
        {
            rows.Add(new("processor quota", info.ProcessorQuota is { } quota ? string.Create(CultureInfo.InvariantCulture, $"{quota:0.##} of a control group") : "none"));
            rows.Add(new("threads are pinned", ThreadPlacement.IsWanted ? "where there are as many as processors" : $"no, as {ThreadPlacement.Variable} says"));
        }

        rows.Add(new("processor has", info.CpuFeatures.Count == 0 ? "nothing special" : string.Join(", ", info.CpuFeatures)));
        rows.Add(new("bfloat16 autocast", info.HasBFloat16Autocast ? "usable" : "not there: training stays in float32"));
        rows.Add(new("fast inference kernels", info.HasInferenceKernels ? "usable" : "not there: inference takes the plain path"));
        return rows;
    }

    private static string Words(TorchBackEnd backEnd)
    {
        return backEnd switch
        {
            TorchBackEnd.Cpu => "cpu",
            TorchBackEnd.Cuda => "cuda",
            _ => "none",
        };
    }

    private static string Words(LibstdcxxCure cure)
    {
        return cure switch
        {
            LibstdcxxCure.NotNeeded => "not needed",
            LibstdcxxCure.Applied => "applied",
            LibstdcxxCure.NotAppliedNorNeeded => "not applied, and not needed on this system",
            LibstdcxxCure.NotAppliedButNeeded => "not applied, though this system needs it",
            _ => "not known: the file was not found",
        };
    }
}
