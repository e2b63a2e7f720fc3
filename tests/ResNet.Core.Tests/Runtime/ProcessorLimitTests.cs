using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public sealed class ProcessorLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Torch_uses_no_more_threads_than_there_are_processors_for_the_process()
    {
        Skip.If(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null, "OMP_NUM_THREADS says how many.");

        TorchRuntime.ThreadCount.Should().BeLessThanOrEqualTo(Environment.ProcessorCount);
        ProcessorLimit.Threads(Environment.ProcessorCount + 5).Should().Be(Environment.ProcessorCount);
        ProcessorLimit.Threads(1).Should().Be(1);
    }

    [SkippableFact]
    public void A_quota_of_version_2_is_read_from_the_group_and_those_above()
    {
        SkipElsewhere();
        Write("proc/self/cgroup", "0::/a.slice/b.scope\n");
        Write("sys/fs/cgroup/a.slice/b.scope/cpu.max", "max 100000\n");
        ProcessorLimit.Quota(_folder.Root).Should().BeNull();

        Write("sys/fs/cgroup/a.slice/cpu.max", "150000 100000\n");
        ProcessorLimit.Quota(_folder.Root).Should().Be(1.5);

        Write("sys/fs/cgroup/cpu.max", "40000 100000\n");
        ProcessorLimit.Quota(_folder.Root).Should().Be(0.4);
    }

    [SkippableFact]
    public void A_quota_of_version_1_is_read()
    {
        SkipElsewhere();
        Write("proc/self/cgroup", "4:memory:/x\n2:cpu,cpuacct:/docker/abc\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us", "-1\n");
        Write("sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us", "100000\n");
        ProcessorLimit.Quota(_folder.Root).Should().BeNull();

        Write("sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us", "250000\n");
        ProcessorLimit.Quota(_folder.Root).Should().Be(2.5);
    }

    [SkippableTheory]
    [InlineData("nonsense\n", "1 2")]
    [InlineData("0::/\n", "many 100000")]
    public void What_cannot_be_read_is_no_quota(string groups, string quota)
    {
        SkipElsewhere();
        ProcessorLimit.Quota(_folder.Root).Should().BeNull();
        Write("proc/self/cgroup", groups);
        Write("sys/fs/cgroup/cpu.max", quota);

        ProcessorLimit.Quota(_folder.Root).Should().BeNull();
    }

    private static void SkipElsewhere() => Skip.IfNot(OperatingSystem.IsLinux(), "Control groups are Linux's.");

    private void Write(string path, string text)
    {
        string file = _folder.PathTo(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
