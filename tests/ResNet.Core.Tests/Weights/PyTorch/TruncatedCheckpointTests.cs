using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class TruncatedCheckpointTests
{
    [SkippableTheory]
    [InlineData("layouts-zip.pth", 1)]
    [InlineData("layouts-legacy.pth", 1)]
    [InlineData("checkpoint-zip.pth", 1)]
    [InlineData("resnet20-zip.pth", 1024)]
    [InlineData("resnet20-12fca82f.th", 1024)]
    public void Every_truncation_of_a_real_file_is_refused(string name, int step)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        byte[] whole = File.ReadAllBytes(Oracle.PathTo("weights", name));
        EnsureEveryTruncationRefused(whole, step);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_of_a_small_file_is_refused(bool legacy) =>
        EnsureEveryTruncationRefused(legacy ? new LegacyBytes().ToArray() : CheckpointBytes.Zip().ToArray(), 1);

    private static void EnsureEveryTruncationRefused(byte[] whole, int step)
    {
        Probe.Watched(whole, "whole").Refusal.Should().BeNull();
        foreach (int length in Enumerable.Range(1, (whole.Length - 1) / step).Select(i => i * step).Append(whole.Length - 1))
        {
            var probe = Probe.Watched(whole[..length], $"the first {length} bytes");
            probe.Finding().Should().BeNull($"of the first {length} bytes");
            probe.Refusal.Should().NotBeNull($"of the first {length} bytes");
        }
    }
}
