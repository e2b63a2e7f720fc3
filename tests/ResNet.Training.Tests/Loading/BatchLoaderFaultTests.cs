using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

public class BatchLoaderFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Unreadable_pictures_are_skipped_and_named_once_in_order(int workerCount)
    {
        var dataset = new TinyDataset(
            10, i => i is 2 or 5 or 8 or 9 ? throw new ImageFormatException($"picture{i}", "is cut off.") : TinyDataset.Picture(i));
        var loader = new BatchLoader(dataset, BatchLoaderTests.Plain with { WorkerCount = workerCount });

        for (int epoch = 0; epoch < 2; epoch++)
        {
            BatchLoaderTests.Indices(loader, epoch).Select(indices => string.Join(' ', indices)).Should().Equal("0 1 3", "4 6 7");
        }

        loader.Faults.Should().Equal(
            new DataFault("picture2", "is cut off."), new DataFault("picture5", "is cut off."),
            new DataFault("picture8", "is cut off."), new DataFault("picture9", "is cut off."));
    }

    [Fact]
    public void Nothing_readable_at_all_is_an_error()
    {
        var loader = new BatchLoader(new TinyDataset(3, i => throw new ImageFormatException($"picture{i}", "is empty.")), BatchLoaderTests.Plain);

        FluentActions.Invoking(() => BatchLoaderTests.Indices(loader, 0)).Should().Throw<DatasetException>()
            .WithMessage("None of the 3 pictures can be read. The first one is picture0: is empty.");
    }

    [Fact]
    public void Files_deleted_or_truncated_meanwhile_are_skipped()
    {
        using var temporary = new TemporaryFolder();
        for (int i = 0; i < 40; i++)
        {
            PictureFiles.Add(temporary.Root, $"{(i % 2 == 0 ? "ants" : "bees")}/{i:D2}.png");
        }

        var folder = ImageFolder.Open(temporary.Root);
        var loader = new BatchLoader(folder, BatchLoaderTests.Plain);
        int seen = 0;
        foreach (Batch batch in loader.Epoch(0))
        {
            using (batch)
            {
                seen += batch.Count;
                File.Delete(folder.NameOf(30));
                File.WriteAllBytes(folder.NameOf(33), File.ReadAllBytes(folder.NameOf(31)).AsSpan(0, 30));
            }
        }

        seen.Should().Be(38);
        loader.Faults.Select(fault => fault.Path).Should().Equal(folder.NameOf(30), folder.NameOf(33));
        loader.Faults[0].Reason.Should().StartWith("cannot be read (");
    }

    [Fact]
    public void Another_exception_of_a_worker_reaches_the_caller_when_its_batch_is_due()
    {
        var cause = new InvalidOperationException("the disk is on fire");
        var dataset = new TinyDataset(20, i => i == 9 ? throw cause : TinyDataset.Picture(i));
        var seen = new List<int>();

        var enumerating = FluentActions.Invoking(() =>
        {
            foreach (Batch batch in new BatchLoader(dataset, BatchLoaderTests.Plain).Epoch(0))
            {
                using (batch)
                {
                    seen.AddRange(batch.Indices);
                }
            }
        });

        enumerating.Should().Throw<DatasetException>().WithMessage("Reading or augmenting picture9 failed: the disk is on fire")
            .Which.InnerException.Should().BeSameAs(cause);
        seen.Should().Equal(Enumerable.Range(0, 8));
        dataset.Readers.Should().OnlyContain(thread => !thread.IsAlive);
    }

    [Fact]
    public void A_failing_transform_is_reported_with_the_pictures_name()
    {
        var loader = new BatchLoader(new TinyDataset(4), BatchLoaderTests.Plain with { Augmentation = new Failing() });

        FluentActions.Invoking(() => BatchLoaderTests.Indices(loader, 0)).Should().Throw<DatasetException>()
            .WithMessage("Reading or augmenting picture0 failed: *").WithInnerException<NotSupportedException>();
    }

    private sealed record Failing : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random) => throw new NotSupportedException("no");
    }
}
