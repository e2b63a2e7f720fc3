using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

public sealed class LoaderPositionTests
{
    private static readonly LoaderOptions Options = new()
    {
        BatchSize = 3,
        Shuffle = true,
        Seed = 5,
        Normalization = Normalization.None,
        Augmentation = new TransformChain(new PadAndCrop { Padding = 1 }, new HorizontalFlip()),
        Mixing = new BatchMixing { MixupAlpha = 0.2 },
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    public void The_rest_of_an_epoch_is_the_same_from_any_batch(int batch, int workers)
    {
        var loader = new BatchLoader(new TinyDataset(14), Options with { WorkerCount = workers });
        var whole = Contents(loader.Epoch(7));

        var rest = Contents(loader.Epoch(new LoaderPosition(7, batch)));

        rest.Should().HaveCount(5 - batch);
        for (int i = 0; i < rest.Count; i++)
        {
            rest[i].Indices.Should().Equal(whole[batch + i].Indices);
            rest[i].Values.Should().Equal(whole[batch + i].Values);
            rest[i].Next.Should().Be(new LoaderPosition(7, batch + i + 1));
        }
    }

    [Fact]
    public void The_end_of_an_epoch_has_nothing_left_and_beyond_it_is_nothing()
    {
        var loader = new BatchLoader(new TinyDataset(14), Options);

        Contents(loader.Epoch(new LoaderPosition(0, 5))).Should().BeEmpty();
        loader.Invoking(l => l.Epoch(new LoaderPosition(0, 6))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*batches are 0 to 5*");
        loader.Invoking(l => l.Epoch(new LoaderPosition(-1, 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static List<(int[] Indices, float[] Values, LoaderPosition Next)> Contents(IEnumerable<Batch> batches)
    {
        var contents = new List<(int[], float[], LoaderPosition)>();
        foreach (var batch in batches)
        {
            using (batch)
            {
                contents.Add(([.. batch.Indices], batch.Images.data<float>().ToArray(), batch.Next));
            }
        }

        return contents;
    }
}
