using System.Security.Cryptography;
using ResNet.Imaging;

namespace ResNet.Training.Tests.Loading;

public class BatchLoaderDeterminismTests
{
    private static readonly LoaderOptions Training = new()
    {
        BatchSize = 32,
        Shuffle = true,
        Seed = 11,
        Augmentation = TransformChain.Cifar10,
        Normalization = Normalization.Cifar10,
    };

    [Fact]
    public void One_two_four_and_nine_workers_give_the_same_bytes()
    {
        // Reading takes longer for some pictures, so that the workers overtake each other.
        var shapes = new SyntheticShapes(500);
        var uneven = new TinyDataset(500, i =>
        {
            Thread.SpinWait(i % 7 * 2000);
            return shapes.Read(i).Image;
        });

        string[] hashes = [.. new[] { 1, 2, 4, 9 }.Select(count => Hash(new BatchLoader(uneven, Training with { WorkerCount = count }), 3))];

        hashes.Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Epochs_and_seeds_differ_and_repeat()
    {
        var loader = new BatchLoader(new SyntheticShapes(200), Training);
        string first = Hash(loader, 0);

        Hash(loader, 0).Should().Be(first);
        Hash(loader, 1).Should().NotBe(first);
        Hash(new BatchLoader(loader.Dataset, Training with { Seed = 12 }), 0).Should().NotBe(first);
    }

    [Fact]
    public void Augmentation_follows_the_picture_not_its_place_in_the_epoch()
    {
        var dataset = new SyntheticShapes(40);
        Dictionary<int, float[]> shuffled = ByIndex(new BatchLoader(dataset, Training));
        Dictionary<int, float[]> ordered = ByIndex(new BatchLoader(dataset, Training with { Shuffle = false, BatchSize = 7 }));

        shuffled.Keys.Should().BeEquivalentTo(ordered.Keys);
        shuffled.Should().OnlyContain(pair => pair.Value.SequenceEqual(ordered[pair.Key]));
    }

    internal static string Hash(BatchLoader loader, int epoch)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Batch batch in loader.Epoch(epoch))
        {
            using (batch)
            {
                hash.AppendData(batch.Images.bytes);
                hash.AppendData(batch.Labels.bytes);
            }
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    private static Dictionary<int, float[]> ByIndex(BatchLoader loader)
    {
        Dictionary<int, float[]> pictures = [];
        foreach (Batch batch in loader.Epoch(0))
        {
            using (batch)
            {
                float[] all = batch.Images.data<float>().ToArray();
                int each = all.Length / batch.Count;
                for (int i = 0; i < batch.Count; i++)
                {
                    pictures.Add(batch.Indices[i], all[(i * each)..((i + 1) * each)]);
                }
            }
        }

        return pictures;
    }
}
