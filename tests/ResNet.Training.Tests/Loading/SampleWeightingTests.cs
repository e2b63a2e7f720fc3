using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

public sealed class SampleWeightingTests
{
    [Fact]
    public void Pictures_are_drawn_as_often_as_they_weigh()
    {
        var loader = Loader(new SampleWeighting([1, 0, 3, 0, 0, 6]) { EpochLength = 10_000 }, 6);

        var counts = Indices(loader).CountBy(index => index).ToDictionary();

        counts.Keys.Should().BeEquivalentTo([0, 2, 5]);
        counts[0].Should().BeInRange(900, 1100);
        counts[2].Should().BeInRange(2850, 3150);
        counts[5].Should().BeInRange(5850, 6150);
    }

    [Fact]
    public void Balanced_classes_come_equally_often_whatever_their_size()
    {
        // Labels of the data set go round, so that the subset has 1, 1 and 10 pictures of its classes.
        var whole = new TinyDataset(60);
        int rare = whole.LabelOf(0), other = whole.LabelOf(1);
        var subset = new Subset(whole, [0, 1, .. Enumerable.Range(0, 60).Where(i => whole.LabelOf(i) != rare && whole.LabelOf(i) != other).Take(10)]);
        var weighting = SampleWeighting.Balanced(subset) with { EpochLength = 9_000 };

        var classes = Indices(Loader(weighting, subset)).CountBy(subset.LabelOf);

        classes.Should().OnlyContain(pair => pair.Value > 9_000 / subset.Indices.Select(whole.LabelOf).Distinct().Count() - 300);
    }

    [Fact]
    public void A_picture_that_comes_twice_is_not_changed_alike()
    {
        var options = new LoaderOptions
        {
            BatchSize = 64,
            Normalization = Normalization.None,
            Weighting = new SampleWeighting([1]) { EpochLength = 64 },
            Augmentation = new PadAndCrop { Padding = 1 },
        };
        using var batch = new BatchLoader(new TinyDataset(1), options).Epoch(0).Single();

        batch.Images.data<float>().ToArray().Chunk(48).Select(values => string.Join(',', values)).Distinct().Should().HaveCount(9, "there are nine places");
    }

    [Fact]
    public void Weights_that_cannot_be_are_refused()
    {
        FluentActions.Invoking(() => new SampleWeighting([1, -1])).Should().Throw<ArgumentException>().WithMessage("The weight of picture 1 is -1*");
        FluentActions.Invoking(() => new SampleWeighting([0, 0])).Should().Throw<ArgumentException>().WithMessage("The weights sum up to 0*");
        FluentActions.Invoking(() => Loader(new SampleWeighting([1, 1]), 3)).Should().Throw<DatasetException>().WithMessage("There are weights for 2 pictures, but the data set holds 3*");
    }

    private static BatchLoader Loader(SampleWeighting weighting, int count) => Loader(weighting, new TinyDataset(count));

    private static BatchLoader Loader(SampleWeighting weighting, IImageDataset dataset) =>
        new(dataset, new LoaderOptions { BatchSize = 100, Normalization = Normalization.None, Weighting = weighting });

    private static List<int> Indices(BatchLoader loader)
    {
        var indices = new List<int>();
        foreach (var batch in loader.Epoch(0))
        {
            using (batch)
            {
                indices.AddRange(batch.Indices);
            }
        }

        return indices;
    }
}
