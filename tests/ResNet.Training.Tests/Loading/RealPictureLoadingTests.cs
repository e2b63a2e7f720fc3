using System.Security.Cryptography;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests.Loading;

/// <summary>Batches of real pictures: the same bytes, whatever the workers, the time, or the layout.</summary>
public sealed class RealPictureLoadingTests
{
    private static readonly LoaderOptions Photos = new()
    {
        BatchSize = 32,
        Shuffle = true,
        Seed = 11,
        Preprocessing = Preprocessing.ImageNet with { ResizeShorterSide = 72, CropSize = 64 },
        Augmentation = new TransformChain(new PadAndCrop { Padding = 6 }, new HorizontalFlip()),
    };

    [SkippableFact]
    public void Photos_make_the_same_batches_with_1_2_and_4_workers_and_again()
    {
        string? folder = RealPictures.Hymenoptera();
        Skip.If(folder is null, RealPictures.WhySkipped);
        var photos = ImageFolder.Open(Path.Combine(folder!, "train"));

        string[] hashes = [.. new[] { 1, 2, 4, 4 }.Select(workers => Hash(new BatchLoader(photos, Photos with { WorkerCount = workers }), epochs: 1))];

        hashes.Distinct().Should().ContainSingle();
    }

    [SkippableFact]
    public void Small_pictures_make_the_same_batches_from_files_and_from_memory()
    {
        string? folder = RealPictures.Cifar10();
        Skip.If(folder is null, RealPictures.WhySkipped);
        var files = ImageFolder.Open(Path.Combine(folder!, "train"));
        var options = Photos with { BatchSize = 128, Preprocessing = Preprocessing.Cifar10, Augmentation = TransformChain.Cifar10 };
        var memory = new CachedDataset(files);

        string[] hashes = [.. new[] { 1, 2, 4 }.Select(workers => Hash(new BatchLoader(memory, options with { WorkerCount = workers }), epochs: 1))];

        files.Count.Should().Be(50_000);
        hashes.Append(Hash(new BatchLoader(files, options), epochs: 1)).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Channels_last_changes_the_memory_and_nothing_else()
    {
        using var scope = torch.NewDisposeScope();
        var options = new LoaderOptions { BatchSize = 8, Normalization = Normalization.Cifar10, Augmentation = TransformChain.Cifar10, Seed = 2 };
        var shapes = new SyntheticShapes(8, seed: 3);

        using var planes = new BatchLoader(shapes, options).Epoch(1).Single();
        using var pixels = new BatchLoader(shapes, options with { ChannelsLast = true }).Epoch(1).Single();

        pixels.Images.shape.Should().Equal(planes.Images.shape);
        pixels.Images.stride().Should().Equal(3 * 32 * 32, 1, 3 * 32, 3);
        pixels.Images.eq(planes.Images).all().item<bool>().Should().BeTrue();
    }

    private static string Hash(BatchLoader loader, int epochs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch))
            {
                using (batch)
                {
                    hash.AppendData(batch.Images.bytes);
                    hash.AppendData(batch.Labels.bytes);
                }
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
