using System.Runtime.InteropServices;
using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public unsafe partial class ProcessTuningTests
{
    [SkippableFact]
    public void A_native_variable_is_set_only_where_it_is_not_set_yet()
    {
        Skip.If(OperatingSystem.IsWindows(), "libtorch reads no such variable on Windows.");
        string name = "RESNET_TEST_" + Guid.NewGuid().ToString("N");
        ProcessTuning.NativeVariable(name).Should().BeNull();

        ProcessTuning.SetNativeVariableIfUnset(name, "first");
        ProcessTuning.SetNativeVariableIfUnset(name, "second");

        ProcessTuning.NativeVariable(name).Should().Be("first");
    }

    [SkippableFact]
    public void Tuning_makes_waiting_threads_sleep_and_may_be_repeated()
    {
        Skip.If(OperatingSystem.IsWindows(), "libtorch reads no such variable on Windows.");

        TorchRuntime.TuneProcess();
        TorchRuntime.TuneProcess();

        ProcessTuning.NativeVariable("OMP_WAIT_POLICY").Should().Be("PASSIVE");
    }

    [SkippableFact]
    public void Tuning_keeps_big_blocks_on_the_heap()
    {
        Skip.If(SystemLibraries.Glibc() is null, "Only glibc's allocator is tuned.");
        TorchRuntime.TuneProcess();
        nuint before = MallInfo2().MappedBlocks;

        void* block = NativeMemory.Alloc(32 << 20);
        nuint during = MallInfo2().MappedBlocks;
        NativeMemory.Free(block);

        during.Should().Be(before, "a block of 32 MiB would otherwise be mapped on its own, and unmapped when it is freed");
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInfo MallInfo2();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena, FreeBlocks, FastBlocks, MappedBlocks, MappedBytes, MostBytes, FastBytes, UsedBytes, FreeBytes, TrimmableBytes;
    }
}
