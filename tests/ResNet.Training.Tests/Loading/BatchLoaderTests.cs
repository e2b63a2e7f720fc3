using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests.Loading;

public class BatchLoaderTests
{
    internal static LoaderOptions Plain { get; } = new() { BatchSize = 4, WorkerCount = 2, Normalization = Normalization.None };

    [Fact]
    public void A_batch_holds_normalized_pictures_and_their_classes()
    {
        var dataset = new TinyDataset(10, i => TinyDataset.Picture(i, width: 5, height: 3));
        var loader = new BatchLoader(dataset, Plain with { Normalization = Normalization.Cifar10 });

        using Batch batch = loader.Epoch(0).First();

        batch.Images.shape.Should().Equal(4, 3, 3, 5);
        batch.Images.dtype.Should().Be(torch.float32);
        batch.Labels.dtype.Should().Be(torch.int64);
        batch.Labels.data<long>().ToArray().Should().Equal(0, 1, 0, 1);
        batch.Indices.Should().Equal(0, 1, 2, 3);
        using Tensor expected = ImageTensor.FromImages([.. Enumerable.Range(0, 4).Select(i => dataset.Read(i).Image)], Normalization.Cifar10);
        batch.Images.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [Theory]
    [InlineData(false, new[] { 4, 4, 2 })]
    [InlineData(true, new[] { 4, 4 })]
    public void The_last_batch_is_smaller_or_left_out(bool dropLast, int[] sizes)
    {
        var loader = new BatchLoader(new TinyDataset(10), Plain with { DropLast = dropLast });

        loader.BatchCount.Should().Be(sizes.Length);
        Indices(loader, 0).Select(indices => indices.Count).Should().Equal(sizes);
    }

    [Fact]
    public void Every_epoch_visits_every_picture_once_in_an_order_of_its_own()
    {
        var loader = new BatchLoader(new TinyDataset(103), Plain with { Shuffle = true, Seed = 6 });

        int[][] orders = [.. Enumerable.Range(0, 3).Select(epoch => Indices(loader, epoch).SelectMany(indices => indices).ToArray())];

        orders.Should().OnlyContain(order => order.Order().SequenceEqual(Enumerable.Range(0, 103)));
        orders[0].Should().NotEqual(orders[1]).And.NotEqual(Enumerable.Range(0, 103));
        Indices(loader, 1).SelectMany(indices => indices).Should().Equal(orders[1], "an epoch is the same when it is loaded again");
        Indices(new BatchLoader(loader.Dataset, loader.Options with { Seed = 7 }), 0).SelectMany(indices => indices).Should().NotEqual(orders[0]);
    }

    [Fact]
    public void Without_shuffling_the_order_is_the_data_sets()
    {
        Indices(new BatchLoader(new TinyDataset(9), Plain), 5).SelectMany(indices => indices).Should().Equal(Enumerable.Range(0, 9));
    }

    [Fact]
    public void Preprocessing_comes_before_augmentation()
    {
        var loader = new BatchLoader(
            new TinyDataset(4, i => TinyDataset.Picture(i, width: 9 + i, height: 12)),
            Plain with { Normalization = null, Preprocessing = Preprocessing.Cifar10 with { CropSize = 6 }, Augmentation = new SizeCheck(6) });

        using Batch batch = loader.Epoch(0).Single();

        batch.Images.shape.Should().Equal(4, 3, 6, 6);
    }

    [Fact]
    public void Pictures_of_two_sizes_are_an_error_that_names_both()
    {
        var loader = new BatchLoader(new TinyDataset(4, i => TinyDataset.Picture(i, width: i == 2 ? 7 : 5, height: 3)), Plain);

        FluentActions.Invoking(() => Indices(loader, 0)).Should().Throw<DatasetException>().WithMessage(
            "All pictures of a batch must have one size, but in batch 0 picture0 has 5x3 and picture2 has 7x3; "
            + "set LoaderOptions.Preprocessing to resize and crop them.");
    }

    [Fact]
    public void Disposed_batches_leave_no_tensor()
    {
        var loader = new BatchLoader(new TinyDataset(12), Plain);
        Indices(loader, 0);
        DisposeScopeManager.Statistics.Reset();

        Indices(loader, 1).Should().HaveCount(3);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(0);
    }

    [Fact]
    public void A_batch_belongs_to_its_caller_not_to_a_scope()
    {
        Batch batch;
        using (torch.NewDisposeScope())
        {
            batch = new BatchLoader(new TinyDataset(4), Plain).Epoch(0).Single();
        }

        batch.Images.IsInvalid.Should().BeFalse();
        batch.Dispose();
        batch.Images.IsInvalid.Should().BeTrue();
        batch.Labels.IsInvalid.Should().BeTrue();
    }

    [Fact]
    public void Workers_stay_within_three_batches_of_the_caller()
    {
        var dataset = new TinyDataset(100);
        foreach (Batch batch in new BatchLoader(dataset, Plain).Epoch(0))
        {
            using (batch)
            {
                SpinWait.SpinUntil(() => dataset.ReadCount == 16, TimeSpan.FromSeconds(10)).Should().BeTrue();
                Thread.Sleep(50);
                dataset.ReadCount.Should().Be(16, "one batch is out and three are ready");
                break;
            }
        }
    }

    [Fact]
    public void Time_spent_waiting_is_counted()
    {
        var loader = new BatchLoader(
            new TinyDataset(4, i =>
            {
                Thread.Sleep(30);
                return TinyDataset.Picture(i);
            }),
            Plain with { WorkerCount = 1 });

        Indices(loader, 0);

        loader.Waited.Should().BeGreaterThan(TimeSpan.FromMilliseconds(100)).And.BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void All_faults_of_the_options_are_listed_at_once()
    {
        FluentActions.Invoking(() => new BatchLoader(new TinyDataset(4), new LoaderOptions { BatchSize = 0, WorkerCount = -1 }))
            .Should().Throw<InvalidOptionsException>().Which.Faults.Should().Equal(
                "BatchSize is 0; it must be at least 1.",
                "WorkerCount is -1; it must be 1 to 256.",
                "Normalization is null and there is no Preprocessing to take it from; give one of them, such as Normalization.ImageNet.");
    }

    [Fact]
    public void Two_normalizations_that_differ_are_a_fault()
    {
        (Plain with { Preprocessing = Preprocessing.Cifar10 }).Faults().Should().Equal(
            "Normalization is mean 0 0 0, std 1 1 1, but that of Preprocessing is mean 0.4914 0.4822 0.4465, std 0.247 0.2435 0.2616; "
            + "give one, or the same twice.");
        (Plain with { Preprocessing = Preprocessing.Cifar10, Normalization = Normalization.Cifar10 }).Faults().Should().BeEmpty();
    }

    [Fact]
    public void Nothing_to_load_is_an_error_at_once()
    {
        FluentActions.Invoking(() => new BatchLoader(new TinyDataset(0), Plain)).Should().Throw<DatasetException>()
            .WithMessage("The data set holds no pictures, so no batch can be made of it.");
        FluentActions.Invoking(() => new BatchLoader(new TinyDataset(3), Plain with { DropLast = true })).Should().Throw<DatasetException>()
            .WithMessage("The data set holds 3 pictures, less than one batch of 4, and DropLast leaves them out; make the batches smaller.");
    }

    internal static List<IReadOnlyList<int>> Indices(BatchLoader loader, int epoch, CancellationToken cancellationToken = default)
    {
        List<IReadOnlyList<int>> indices = [];
        foreach (Batch batch in loader.Epoch(epoch, cancellationToken))
        {
            using (batch)
            {
                indices.Add(batch.Indices);
            }
        }

        return indices;
    }

    private sealed record SizeCheck(int Size) : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random)
        {
            if ((canvas.Width, canvas.Height) != (Size, Size))
            {
                throw new InvalidOperationException("not yet cropped");
            }
        }
    }
}
