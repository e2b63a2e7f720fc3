using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Runtime;

public class TorchRuntimeTests
{
    [Fact]
    public void Loading_is_safe_from_many_threads_and_more_than_once()
    {
        Action load = () => Parallel.For(0, 16, _ => TorchRuntime.EnsureLoaded());

        load.Should().NotThrow();
        using Tensor ones = torch.ones(3);
        ones.numel().Should().Be(3);
    }

    [Fact]
    public unsafe void Loading_turns_nnpack_off()
    {
        TorchRuntime.EnsureLoaded();
        LibTorchExports.TryFind("_ZN2at13globalContextEv", out nint context).Should().BeTrue();
        LibTorchExports.TryFind("_ZNK2at7Context17userEnabledNNPACKEv", out nint isEnabled).Should().BeTrue();

        (((delegate* unmanaged<nint, byte>)isEnabled)(((delegate* unmanaged<nint>)context)()) & 1).Should().Be(0);
    }

    [Fact]
    public void Thread_count_reaches_torch()
    {
        int before = TorchRuntime.ThreadCount;
        try
        {
            TorchRuntime.ThreadCount = before + 1;

            torch.get_num_threads().Should().Be(before + 1);
            TorchRuntime.ThreadCount.Should().Be(before + 1);
        }
        finally
        {
            TorchRuntime.ThreadCount = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void Thread_count_outside_its_range_is_refused(int count)
    {
        int before = TorchRuntime.ThreadCount;
        Action set = () => TorchRuntime.ThreadCount = count;

        set.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The thread count must be 1 to 1024; this machine has *");
        TorchRuntime.ThreadCount.Should().Be(before);
    }

    [Fact]
    public void Description_of_a_working_runtime_has_no_problems()
    {
        TorchRuntimeInfo info = TorchRuntime.Describe();

        info.Problems.Should().BeEmpty();
        info.BackEnd.Should().NotBe(TorchBackEnd.None);
        info.LibTorchVersion.Should().Be(torch.__version__);
        info.ThreadCount.Should().Be(torch.get_num_threads());
        info.Devices[0].Name.Should().Be("cpu");
        info.Devices[0].Value.Should().NotBeEmpty();
        info.HasBFloat16Autocast.Should().BeTrue();
        info.HasInferenceKernels.Should().BeTrue();
    }

    [SkippableFact]
    public void Description_on_linux_tells_the_libraries_and_that_the_build_cured_torchsharp()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has a libstdc++ to be too old.");
        TorchRuntimeInfo info = TorchRuntime.Describe();

        info.Glibc.Should().BeGreaterThanOrEqualTo(SystemLibraries.GlibcFloor);
        info.Libstdcxx.Should().BeGreaterThanOrEqualTo(SystemLibraries.LibstdcxxFloor);
        info.LibstdcxxCure.Should().Be(LibstdcxxCure.Applied);
        info.ToRows().Should().Contain(new RuntimeFact("glibc", info.Glibc!.ToString()))
            .And.Contain(new RuntimeFact("libstdc++", "GLIBCXX_" + info.Libstdcxx))
            .And.Contain(new RuntimeFact("libstdc++ cure", "applied"));
    }

    [Fact]
    public void Table_has_a_row_for_each_device()
    {
        TorchRuntimeInfo info = TorchRuntime.Describe() with { Devices = [new("cpu", "A"), new("cuda:0", "B")] };

        info.ToRows().Should().ContainInOrder(new RuntimeFact("device cpu", "A"), new RuntimeFact("device cuda:0", "B"));
    }

    [SkippableFact]
    public void Description_names_cuda_devices()
    {
        Skip.IfNot(torch.cuda.is_available(), "No CUDA device here.");
        TorchRuntimeInfo info = TorchRuntime.Describe();

        info.BackEnd.Should().Be(TorchBackEnd.Cuda);
        info.Devices.Should().HaveCount(1 + torch.cuda.device_count());
        info.Devices[1].Name.Should().Be("cuda:0");
        info.Devices[1].Value.Should().NotBeEmpty();
    }
}
