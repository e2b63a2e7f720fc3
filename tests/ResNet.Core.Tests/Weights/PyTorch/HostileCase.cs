using System.Text.RegularExpressions;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>A file that must be refused, and what its refusal must say.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Bytes">Makes the file.</param>
/// <param name="Reason">A regular expression; case is ignored.</param>
internal sealed record HostileCase(string Name, Func<byte[]> Bytes, string Reason)
{
    public static TheoryData<string> NamesOf(IEnumerable<HostileCase> cases) => new(cases.Select(one => one.Name));

    public static HostileCase Find(IEnumerable<HostileCase> cases, string name) => cases.Single(one => one.Name == name);

    public void EnsureRefused()
    {
        var probe = Probe.Watched(Bytes(), "hostile.pth");
        probe.Fault.Should().BeNull("nothing but a refusal may be thrown");
        probe.Refusal.Should().NotBeNull($"'{Name}' must be refused, but {probe.Names.Count} tensors were read");
        probe.Allocated.Should().BeLessThan(Probe.MostAllocated);
        string message = probe.Refusal!.Message;
        message.Should().StartWith("hostile.pth");
        message.Should().MatchRegex(new Regex(Reason, RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(1)));
        message.Length.Should().BeLessThan(1000, "a hostile name must not fill the screen");
        message.Should().NotContain("\u001b", "a hostile name must not command the terminal");
    }
}
