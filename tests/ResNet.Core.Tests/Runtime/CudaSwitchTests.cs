using ResNet.Runtime;

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
