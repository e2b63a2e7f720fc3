using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests.Loading;

public sealed class BatchMixingTests
{
    private static readonly LoaderOptions Options = new() { BatchSize = 8, Normalization = Normalization.None, Seed = 3 };

    [Fact]
    public void Mixup_blends_neighbours_and_their_classes_by_one_share()
    {
        using var scope = torch.NewDisposeScope();
        var plain = First(Options);
        var mixed = First(Options with { Mixing = new BatchMixing { MixupAlpha = 1 } });

        double share = Share(plain, mixed);
        var expected = plain.Images.mul((float)share).add(plain.Images.roll(1, 0), (float)(1 - share));

        mixed.Images.sub(expected).abs().max().item<float>().Should().BeLessThan(1e-5f);
        mixed.Labels.equal(plain.Labels).all().item<bool>().Should().BeTrue();
        mixed.ClassShares!.sum(1).sub(1).abs().max().item<float>().Should().BeLessThan(1e-6f);
    }

    [Fact]
    public void CutMix_takes_a_rectangle_and_its_area_is_the_share()
    {
        using var scope = torch.NewDisposeScope();
        int cut = 0;
        for (int epoch = 0; epoch < 20; epoch++)
        {
            var plain = First(Options, epoch);
            var mixed = First(Options with { Mixing = new BatchMixing { CutMixAlpha = 1 } }, epoch);
            var fromPartner = mixed.Images.eq(plain.Images).logical_not().any(1).any(0);
            var partner = plain.Images.roll(1, 0);

            mixed.Images.eq(plain.Images).logical_or(mixed.Images.eq(partner)).all().item<bool>().Should().BeTrue("pixels are one picture's or the other's");
            double area = fromPartner.sum().item<long>() / 16.0;
            double share = Share(plain, mixed);
            share.Should().BeApproximately(1 - area, 1e-6);
            cut += area > 0 ? 1 : 0;
        }

        cut.Should().BeGreaterThan(5);
    }

    [Fact]
    public void Both_take_turns_by_chance_and_the_same_seed_mixes_alike()
    {
        using var scope = torch.NewDisposeScope();
        var options = Options with { Mixing = new BatchMixing { MixupAlpha = 0.2, CutMixAlpha = 1 } };

        for (int epoch = 0; epoch < 5; epoch++)
        {
            var once = First(options with { WorkerCount = 1 }, epoch);
            var again = First(options with { WorkerCount = 4 }, epoch);
            once.Images.data<float>().ToArray().Should().Equal(again.Images.data<float>().ToArray());
            once.ClassShares!.data<float>().ToArray().Should().Equal(again.ClassShares!.data<float>().ToArray());
        }
    }

    [Fact]
    public void The_shares_of_mixup_are_beta_distributed()
    {
        var random = new SampleRandom(1);
        double[] flat = [.. Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Sample(1, random))];
        double[] ends = [.. Enumerable.Range(0, 20_000).Select(_ => BetaDistribution.Sample(0.2, random))];

        flat.Average().Should().BeApproximately(0.5, 0.01);
        Variance(flat).Should().BeApproximately(1 / 12.0, 0.003, "Beta(1, 1) is uniform");
        ends.Average().Should().BeApproximately(0.5, 0.01);
        Variance(ends).Should().BeApproximately(1 / (4 * 1.4), 0.004, "the variance of Beta(a, a) is 1 / (4 (2a + 1))");
    }

    [Fact]
    public void Mixing_that_mixes_nothing_is_a_fault()
    {
        (Options with { Mixing = new BatchMixing() }).Faults().Should().Equal("Mixing has neither MixupAlpha nor CutMixAlpha; give one of them, or leave Mixing out.");
        FluentActions.Invoking(() => new BatchMixing { MixupAlpha = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static Batch First(LoaderOptions options, int epoch = 0)
    {
        var batch = new BatchLoader(new TinyDataset(8), options).Epoch(epoch).First();
        foreach (var tensor in new[] { batch.Images, batch.Labels, batch.ClassShares }.OfType<Tensor>())
        {
            torch.CurrentDisposeScope!.Attach(tensor);
        }

        return batch;
    }

    /// <summary>How much of its own class the first picture kept whose neighbour is of another one.</summary>
    private static double Share(Batch plain, Batch mixed)
    {
        long[] labels = plain.Labels.data<long>().ToArray();
        int at = Enumerable.Range(0, labels.Length).First(i => labels[i] != labels[(i + labels.Length - 1) % labels.Length]);
        return mixed.ClassShares![at, labels[at]].item<float>();
    }
}
