using ResNet.Compilation;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Runtime;

public sealed class CudaSwitchTests
{
    [Fact]
    public void TensorFloat32_can_be_switched_on_and_off()
    {
        TorchRuntime.AllowTensorFloat32.Should().BeFalse();
        try
        {
            TorchRuntime.AllowTensorFloat32 = true;
            TorchRuntime.AllowTensorFloat32.Should().BeTrue();
        }
        finally
        {
            TorchRuntime.AllowTensorFloat32 = false;
        }

        TorchRuntime.AllowTensorFloat32.Should().BeFalse();
    }

    [SkippableTheory]
    [InlineData(true, 0.0125)]
    [InlineData(false, 1e-3)]
    public void Checks_on_CUDA_allow_for_the_precision_that_float32_runs_in(bool isAllowed, double tolerance)
    {
        Skip.If(LibTorchExports.ConvolutionPrecision(DeviceType.CUDA) is null, "This libtorch cannot be told.");
        try
        {
            TorchRuntime.AllowTensorFloat32 = isAllowed;

            KernelEnvironment.UsesTensorFloat32(DeviceType.CUDA).Should().Be(isAllowed);
            KernelEnvironment.UsesTensorFloat32(DeviceType.CPU).Should().BeFalse();
            SelfCheck.Tolerance(CompilePrecision.Float32, KernelEnvironment.UsesTensorFloat32(DeviceType.CUDA)).Should().Be(tolerance);
            SelfCheck.Tolerance(CompilePrecision.BFloat16, isAllowed).Should().Be(0.1);
        }
        finally
        {
            TorchRuntime.AllowTensorFloat32 = false;
        }
    }

    [Fact]
    public void The_search_for_convolutions_can_be_switched_on_and_off()
    {
        TorchRuntime.SearchFastestConvolutions.Should().BeFalse();
        try
        {
            TorchRuntime.SearchFastestConvolutions = true;
            TorchRuntime.SearchFastestConvolutions.Should().BeTrue();
        }
        finally
        {
            TorchRuntime.SearchFastestConvolutions = false;
        }

        TorchRuntime.SearchFastestConvolutions.Should().BeFalse();
    }
}
