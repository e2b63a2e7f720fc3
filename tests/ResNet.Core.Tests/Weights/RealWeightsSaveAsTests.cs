using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

/// <summary>Files that PyTorch wrote, through our writers and back.</summary>
public sealed class RealWeightsSaveAsTests
{
    [SkippableTheory]
    [InlineData("layouts-zip.pth")]
    [InlineData("layouts-legacy.pth")]
    [InlineData("layouts.safetensors")]
    [InlineData("checkpoint-zip.pth")]
    [InlineData("resnet20-12fca82f.th")]
    [InlineData("resnet20-zip.pth")]
    [InlineData("resnet32-d509ac18.th")]
    public void Every_value_survives_both_formats(string name)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var folder = new TemporaryFolder();
        using var original = StateDictFile.Open(Oracle.PathTo("weights", name));
        original.SaveAs(folder.PathTo("a.pth"));
        using (var first = StateDictFile.Open(folder.PathTo("a.pth")))
        {
            first.Entries.Select(entry => entry.Name).Should().Equal(original.Entries.Select(entry => entry.Name), "an order that somebody chose is kept");
            first.SaveAs(folder.PathTo("b.safetensors"));
        }

        using var last = StateDictFile.Open(folder.PathTo("b.safetensors"));
        original.Entries.Should().NotBeEmpty();
        last.Entries.Should().HaveSameCount(original.Entries);
        foreach (var entry in original.Entries)
        {
            using var expected = original.Read(entry.Name);
            using var read = last.Read(entry.Name);
            read.Should().HaveEqualValues(expected, entry.Name);
        }
    }
}
