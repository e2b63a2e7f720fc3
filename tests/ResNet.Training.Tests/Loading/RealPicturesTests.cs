using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

public class RealPicturesTests
{
    private static readonly LoaderOptions Photos = new()
    {
        BatchSize = 16,
        Shuffle = true,
        Seed = 2,
        Preprocessing = Preprocessing.ImageNet with { ResizeShorterSide = 72, CropSize = 64 },
        Augmentation = TransformChain.Cifar10,
    };

    [SkippableFact]
    public void Ants_and_bees_load_whole_with_the_gif_and_all_odd_shapes()
    {
        string? root = RealPictures.Hymenoptera();
        Skip.If(root is null, RealPictures.WhySkipped);
        var splits = ImageFolderSplits.Open(root);

        splits.Train.Labels.Should().Equal("ants", "bees");
        (splits.Train.Count, splits.Test.Count).Should().Be((245, 153));
        splits.Faults.Should().BeEmpty();
        Enumerable.Range(0, 245).Select(splits.Train.NameOf).Should().Contain(name => name.EndsWith("imageNotFound.gif", StringComparison.Ordinal));
        var loader = new BatchLoader(splits.Train, Photos);
        BatchLoaderTests.Indices(loader, 0).Sum(indices => indices.Count).Should().Be(245 - loader.Faults.Count);
        loader.Faults.Should().BeEmpty("even the GIF is a picture");
    }

    [SkippableFact]
    public void Photos_give_the_same_bytes_with_1_2_and_4_workers()
    {
        string? root = RealPictures.Hymenoptera();
        Skip.If(root is null, RealPictures.WhySkipped);
        var test = ImageFolderSplits.Open(root).Test;

        new[] { 1, 2, 4 }.Select(count => BatchLoaderDeterminismTests.Hash(new BatchLoader(test, Photos with { WorkerCount = count }), 0))
            .Distinct().Should().ContainSingle();
    }

    [SkippableFact]
    public void Fifty_thousand_files_open_and_load_without_a_fault()
    {
        string? root = RealPictures.Cifar10();
        Skip.If(root is null, RealPictures.WhySkipped);

        var splits = ImageFolderSplits.Open(root);

        (splits.Train.Count, splits.Test.Count).Should().Be((50_000, 10_000));
        splits.Faults.Should().BeEmpty();
        splits.Train.Labels.Should().Equal(ClassLabels.Cifar10);
        Enumerable.Range(0, 50_000).GroupBy(splits.Train.LabelOf).Should().OnlyContain(members => members.Count() == 5_000);
        var some = new Subset(splits.Train, Enumerable.Range(0, 2_500).Select(i => i * 20));
        var loader = new BatchLoader(some, new LoaderOptions { Preprocessing = Preprocessing.Cifar10 });
        BatchLoaderTests.Indices(loader, 0).Sum(indices => indices.Count).Should().Be(2_500);
        loader.Faults.Should().BeEmpty();
    }
}
