using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class HostileTensorsTests
{
    public static TheoryData<string> Names => HostileCase.NamesOf(HostileTensors.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tensor_that_does_not_fit_is_refused_with_its_reason(string name) => HostileCase.Find(HostileTensors.All, name).EnsureRefused();

    [Theory]
    [InlineData("cuda:0")]
    [InlineData("cuda:7")]
    [InlineData("mps")]
    public void A_tensor_saved_on_another_device_is_read(string device)
    {
        byte[] bytes = CheckpointBytes.Zip(CheckpointPickle.Of(KeyValuePair.Create("weight", new PickledTensor { Location = device }))).ToArray();
        var probe = Probe.Watched(bytes, "good.pth");
        probe.Finding().Should().BeNull();
        probe.Refusal.Should().BeNull();
        probe.Names.Should().Equal("weight");
    }
}
