namespace ResNet.Cli.Tests;
public class SmokeTest
{
    [Fact]
    public void Torch_loads()
    {
        using var x = TorchSharp.torch.ones(3);
        x.numel().Should().Be(3);
    }
}
