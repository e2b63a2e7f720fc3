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
        ["an end inside the comment, which does not end there"] = zip => zip.End.Comment = [.. new ZipBytes().ToArray(), .. new byte[10]],
        ["checksums of another kind, as set_crc32_options(False) writes"] = zip => zip.Records.ForEach(record => record.Crc = 1),
        ["a zip64 record that says another size of itself"] = zip => zip.End.RecordSize64 = 56,
        ["an unknown extra field"] = zip => zip["data/0"].CentralExtra = [9, 9, 2, 0, 1, 2],
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
