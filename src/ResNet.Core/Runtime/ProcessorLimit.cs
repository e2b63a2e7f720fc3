using System.Globalization;

namespace ResNet.Runtime;

/// <summary>
/// How many processors this process may keep busy. A container's quota of time (cgroup <c>cpu.max</c>) is not seen by libtorch, which starts a thread for each core of the
/// machine: on 0.4 of a processor, two threads that wait for each other take more than twice as long as one.
/// </summary>
internal static class ProcessorLimit
{
    private static readonly string[] ThreadVariables = ["OMP_NUM_THREADS", "MKL_NUM_THREADS"];

    /// <summary>Of the threads that torch would use, those that there are processors for. Who has set a variable for it gets what it says.</summary>
    /// <param name="threadCount">What torch would use.</param>
    public static int Threads(int threadCount) =>
        Array.Exists(ThreadVariables, name => !string.IsNullOrEmpty(ProcessTuning.NativeVariable(name))) ? threadCount : Math.Min(threadCount, Environment.ProcessorCount);

    /// <summary>The quota of the process's control group on Linux, in processors.</summary>
    /// <returns>Null where there is none, or it cannot be read.</returns>
    /// <param name="root">The file system; for tests.</param>
    public static double? Quota(string root = "/")
    {
        try
        {
            return OperatingSystem.IsLinux() ? Groups(root).Select(group => QuotaOf(group.Folder, group.IsUnified)).Min() : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The control group of the process and those above it, each of which may have a quota: of version 2, where all is in one tree, and of version 1.</summary>
    private static IEnumerable<(string Folder, bool IsUnified)> Groups(string root)
    {
        foreach (string line in File.ReadLines(Path.Combine(root, "proc/self/cgroup")))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path] || (controllers.Length > 0 && !controllers.Split(',').Contains("cpu")))
            {
                continue;
            }

            string[] mounts = controllers.Length == 0 ? ["sys/fs/cgroup", "sys/fs/cgroup/unified"] : ["sys/fs/cgroup/cpu", "sys/fs/cgroup/cpu,cpuacct"];
            foreach (string mount in mounts)
            {
                for (string? group = path.Trim('/'); group is not null; group = group.Length == 0 ? null : Path.GetDirectoryName(group) ?? string.Empty)
                {
                    yield return (Path.Combine(root, mount, group), controllers.Length == 0);
                }
            }
        }
    }

    private static double? QuotaOf(string folder, bool isUnified)
    {
        string[] values = isUnified
            ? Text(Path.Combine(folder, "cpu.max")).Split(' ')
            : [Text(Path.Combine(folder, "cpu.cfs_quota_us")), Text(Path.Combine(folder, "cpu.cfs_period_us"))];
        return values is [var quota, var period] && quota.Length > 0 && period.Length > 0 && quota is not ("max" or "-1")
            ? double.Parse(quota, CultureInfo.InvariantCulture) / double.Parse(period, CultureInfo.InvariantCulture) : null;
    }

    private static string Text(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : string.Empty;
}
