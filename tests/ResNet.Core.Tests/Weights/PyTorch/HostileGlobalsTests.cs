using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class HostileGlobalsTests
{
    public static TheoryData<string> Names => HostileCase.NamesOf(HostileGlobals.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pickle_that_would_call_something_is_refused_by_name(string name) => HostileCase.Find(HostileGlobals.All, name).EnsureRefused();

    [Fact]
    public void The_same_pickle_without_the_attack_is_read()
    {
        var probe = Probe.Watched(CheckpointBytes.Zip(CheckpointPickle.With(pickle => pickle.Number(1))).ToArray(), "good.pth");
        probe.Fault.Should().BeNull();
        probe.Refusal.Should().BeNull();
        probe.Names.Should().Equal("weight");
    }
}
