namespace ResNet.Training.Tests.Randomness;

public class SampleRandomTests
{
    [Fact]
    public void The_sequence_is_that_of_SplitMix64()
    {
        var random = new SampleRandom(1234567);

        Enumerable.Range(0, 5).Select(_ => random.NextUInt64()).Should().Equal(
            6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL);
    }

    [Fact]
    public void Neighbouring_seeds_epochs_and_indices_start_unrelated_sequences()
    {
        ulong[] first =
        [
            .. from seed in Enumerable.Range(-5, 10)
               from epoch in Enumerable.Range(0, 20)
               from index in Enumerable.Range(0, 100)
               select SampleRandom.For(seed, epoch, index).NextUInt64(),
        ];

        first.Should().OnlyHaveUniqueItems();
        for (int bit = 0; bit < 64; bit++)
        {
            // 20,000 fair bits lie within 500 of half (seven standard deviations).
            first.Count(value => ((value >> bit) & 1) == 1).Should().BeInRange(9_500, 10_500, $"bit {bit} is fair");
        }
    }

    [Fact]
    public void Swapping_seed_epoch_and_index_gives_another_sequence()
    {
        new[] { (1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1) }
            .Select(key => SampleRandom.For(key.Item1, key.Item2, key.Item3).NextUInt64()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Whole_numbers_are_uniform_over_their_range()
    {
        var random = new SampleRandom(1);
        int[] counts = new int[9];
        for (int i = 0; i < 90_000; i++)
        {
            counts[random.Next(-4, 5) + 4]++;
        }

        counts.Should().OnlyContain(count => count > 9_400 && count < 10_600);
    }

    [Fact]
    public void Every_method_draws_from_the_same_sequence()
    {
        static ulong After(Action<SampleRandom> draw)
        {
            var random = new SampleRandom(8);
            draw(random);
            return random.NextUInt64();
        }

        ulong expected = After(random => random.NextUInt64());

        After(random => random.Next()).Should().Be(expected);
        After(random => random.Next(5)).Should().Be(expected);
        After(random => random.Next(-5, 5)).Should().Be(expected);
        After(random => random.NextInt64()).Should().Be(expected);
        After(random => random.NextDouble().Should().BeInRange(0, 1)).Should().Be(expected);
        After(random => random.NextSingle().Should().BeInRange(0, 1)).Should().Be(expected);
        After(random => random.NextBytes(new byte[1])).Should().Be(expected);
    }

    [Fact]
    public void Extreme_ranges_hold()
    {
        var random = new SampleRandom(2);

        random.Next(0).Should().Be(0);
        random.Next(3, 3).Should().Be(3);
        Enumerable.Range(0, 100).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).Should().Contain(x => x < 0).And.Contain(x => x > 0);
        FluentActions.Invoking(() => random.Next(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => random.Next(2, 1)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
