using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

/// <summary>What a picture costs the garbage collector once the loader's memory is there.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void A_picture_from_memory_costs_nothing_but_its_place_in_the_batch()
    {
        var dataset = new CachedDataset(new SyntheticShapes(1024, seed: 1));
        var loader = new BatchLoader(dataset, new LoaderOptions
        {
            BatchSize = 128,
            Shuffle = true,
            WorkerCount = 2,
            Normalization = Normalization.Cifar10,
            Augmentation = TransformChain.Cifar10,
        });

        // 4 bytes for its index in the batch, 4 in the epoch's order, and its part of the threads and tensors of an epoch.
        PerPicture(loader, dataset.Count).Should().BeLessThan(24);
    }

    [SkippableFact]
    public void A_photo_from_a_file_costs_at_most_2_KB_and_no_pixel_buffer()
    {
        string? folder = RealPictures.Hymenoptera();
        Skip.If(folder is null, RealPictures.WhySkipped);
        var photos = ImageFolder.Open(Path.Combine(folder!, "train"));
        var loader = new BatchLoader(photos, new LoaderOptions { BatchSize = 32, WorkerCount = 1, Preprocessing = Preprocessing.ImageNet });

        PerPicture(loader, photos.Count).Should().BeLessThan(2048);
    }

    private static double PerPicture(BatchLoader loader, int count, int rounds = 4) => Allocated(loader, rounds) / ((double)rounds * count);

    private static long Allocated(BatchLoader loader, int rounds)
    {
        Run(loader);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < rounds; i++)
        {
            Run(loader);
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Run(BatchLoader loader)
    {
        foreach (var batch in loader.Epoch(0))
        {
            batch.Dispose();
        }
    }
}
