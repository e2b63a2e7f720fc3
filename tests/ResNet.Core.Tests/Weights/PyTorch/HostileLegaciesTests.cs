using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class HostileLegaciesTests
{
    public static TheoryData<string> Names => HostileCase.NamesOf(HostileLegacies.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_or_evil_legacy_file_is_refused_with_its_reason(string name) => HostileCase.Find(HostileLegacies.All, name).EnsureRefused();

    [Fact]
    public void The_honest_legacy_file_is_read()
    {
        var probe = Probe.Watched(new LegacyBytes().ToArray(), "good.pth");
        probe.Finding().Should().BeNull();
        probe.Refusal.Should().BeNull();
        probe.Names.Should().Equal("weight", "count");
    }
}
