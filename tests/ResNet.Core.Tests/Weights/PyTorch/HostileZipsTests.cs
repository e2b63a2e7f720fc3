using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class HostileZipsTests
{
    public static TheoryData<string> Names => HostileCase.NamesOf(HostileZips.All);

    public static TheoryData<string> Harmless => new(HarmlessZips.Keys);

    private static Dictionary<string, Action<ZipBytes>> HarmlessZips { get; } = new()
    {
        ["as it is"] = _ => { },
        ["no data descriptors"] = zip => zip.Records.ForEach(record => record.Descriptor = false),
        ["no zip64"] = zip => zip.End.Zip64 = false,
        ["no padding"] = zip => zip.Records.ForEach(record => record.LocalExtra = []),
        ["no byte order, as before PyTorch 2.1"] = zip => zip.Records.Remove(zip["byteorder"]),
        ["serialization id, as since PyTorch 2.1"] = zip => zip.Add("archive/.data/serialization_id", "0123456789"u8.ToArray()),
        ["a comment of 64 KB"] = zip => zip.End.Comment = new byte[ushort.MaxValue],
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_forged_archive_is_refused_with_its_reason(string name) => HostileCase.Find(HostileZips.All, name).EnsureRefused();

    [Theory]
    [MemberData(nameof(Harmless))]
    public void An_honest_archive_is_read(string name)
    {
        var probe = Probe.Watched(CheckpointBytes.Zip(HarmlessZips[name]), "good.pth");
        probe.Finding().Should().BeNull();
        probe.Refusal.Should().BeNull();
        probe.Names.Should().Equal("weight", "count");
    }
}
