using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public sealed class HashListCodingTests
{
    private const ulong Highest = (1UL << TrainingFingerprint.HashBits) - 1;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(97)]
    [InlineData(TrainingFingerprint.MaxHashCount)]
    public void Hashes_come_back(int count)
    {
        var uses = Uses(count);

        byte[] bytes = HashListCoding.Encode(uses);

        HashListCoding.Decode(bytes, count).Should().BeEquivalentTo(uses);
        bytes.Length.Should().BeLessThanOrEqualTo(HashListCoding.MaxBytes);
    }

    [Fact]
    public void The_lowest_and_the_highest_hashes_fit()
    {
        var uses = Enumerable.Range(0, 1000).SelectMany(i => new[] { (ulong)i, Highest - (ulong)i }).ToDictionary(hash => hash, _ => ImageUse.Trained);

        HashListCoding.Decode(HashListCoding.Encode(uses), uses.Count).Should().BeEquivalentTo(uses);
    }

    [Fact]
    public void The_most_hashes_that_a_file_carries_take_less_than_256_KiB_of_text_however_they_lie()
    {
        var extremes = Enumerable.Range(0, TrainingFingerprint.MaxHashCount - 1).Select(i => (ulong)i).Append(Highest).ToDictionary(hash => hash, _ => ImageUse.Selected);

        foreach (var uses in new[] { extremes, Uses(TrainingFingerprint.MaxHashCount) })
        {
            (HashListCoding.Encode(uses).Length * 4 / 3).Should().BeLessThan(256 << 10);
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(-1, 3)]
    [InlineData(int.MaxValue, 1 << 20)]
    [InlineData(TrainingFingerprint.MaxHashCount, 1 << 20)]
    [InlineData(1, 1 << 20)]
    [InlineData(0, 1)]
    public void Bytes_that_are_no_such_list_are_refused(int count, int length)
    {
        foreach (byte filling in new byte[] { 0, 255, 0x55 })
        {
            byte[] bytes = new byte[length];
            Array.Fill(bytes, filling);
            FluentActions.Invoking(() => HashListCoding.Decode(bytes, count)).Should().Throw<FormatException>();
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var random = new Random(1);
        byte[] good = HashListCoding.Encode(Uses(40));
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutant = [.. good];
            mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                HashListCoding.Decode(mutant, 40).Keys.Should().OnlyContain(hash => hash <= Highest);
                read++;
            }
            catch (FormatException)
            {
                // Refused.
            }
        }

        read.Should().BeInRange(1, 19_999, "some bits are remainders, others decide how long the list is");
    }

    private static Dictionary<ulong, ImageUse> Uses(int count)
    {
        var random = new Random(count);
        var uses = new Dictionary<ulong, ImageUse>();
        while (uses.Count < count)
        {
            uses[(ulong)random.NextInt64((long)Highest + 1)] = random.Next(10) == 0 ? ImageUse.Selected : ImageUse.Trained;
        }

        return uses;
    }
}
