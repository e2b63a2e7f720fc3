using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests.Leakage;

public sealed class SeenImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_known_again_under_other_names_in_other_folders()
    {
        var photos = Photos("photos", 6);
        var fingerprint = DataSplit.Of(new Subset(photos, [0, 2, 4]), new Subset(photos, [1]), 2, default).ToFingerprint();
        var moved = ImageFolder.Open(Copy("photos", "elsewhere"));

        var seen = SeenImages.Find(moved, fingerprint);

        (seen.ImageCount, seen.TrainedCount, seen.SelectedCount, seen.UnknownCount).Should().Be((6, 3, 1, 0));
        seen.UnseenIndices.Should().Equal(3, 5);
        (seen.SeenCount, seen.EstimatedSeenCount, seen.CanBeLeftOut).Should().Be((4, 4, true));
    }

    [Fact]
    public void Images_without_files_are_known_by_their_pixels_in_any_lossless_format()
    {
        var generated = new TinyDataset(5);
        var fingerprint = DataSplit.Of(new Subset(generated, [1, 2]), null, 1, default).ToFingerprint();
        string root = _folder.PathTo("written");
        for (int i = 0; i < 5; i++)
        {
            string path = Path.Combine(root, "all", $"{i}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ImageEncoder.SavePng(TinyDataset.Picture(i), path);
        }

        SeenImages.Find(generated, fingerprint).UnseenIndices.Should().Equal(0, 3, 4);
        SeenImages.Find(ImageFolder.Open(root), fingerprint).UnseenIndices.Should().Equal(0, 3, 4);
    }

    [Fact]
    public void Of_several_networks_the_images_of_each_count()
    {
        var photos = Photos("photos", 5);
        TrainingFingerprint Of(params int[] indices) => DataSplit.Of(new Subset(photos, indices), null, 1, default).ToFingerprint();

        SeenImages.Find(photos, [Of(0, 1), Of(1, 4)]).UnseenIndices.Should().Equal(2, 3);
    }

    [Fact]
    public void A_sample_tells_how_many_were_probably_seen_and_leaves_none_out()
    {
        var photos = Photos("photos", 40);
        var hashes = ImageHashes.Of(new Subset(photos, Enumerable.Range(0, 20)), 1, CancellationToken.None).Select(hash => hash!.Value);
        var sample = TrainingFingerprint.Of(hashes, [], maxHashCount: 10);

        var seen = SeenImages.Find(photos, sample);

        seen.TrainedCount.Should().Be(10);
        seen.UnknownCount.Should().BeGreaterThanOrEqualTo(10);
        seen.EstimatedSeenCount.Should().BeInRange(11, 40);
        seen.CanBeLeftOut.Should().BeFalse();
    }

    [Fact]
    public void An_image_that_cannot_be_read_is_unseen()
    {
        var broken = new TinyDataset(3, index => index == 1 ? throw new ImageFormatException("picture1", "is damaged") : TinyDataset.Picture(index));
        var fingerprint = DataSplit.Of(broken, null, 1, default).ToFingerprint();

        fingerprint.TrainedCount.Should().Be(2);
        SeenImages.Find(broken, fingerprint).UnseenIndices.Should().Equal(1);
    }

    private ImageFolder Photos(string name, int count)
    {
        string root = _folder.PathTo(name);
        for (int i = 0; i < count; i++)
        {
            string path = Path.Combine(root, "all", $"{i:D3}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ImageEncoder.SavePng(TinyDataset.Picture(i), path);
        }

        return ImageFolder.Open(root);
    }

    private string Copy(string from, string to)
    {
        string target = _folder.PathTo(to, "renamed");
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(_folder.PathTo(from, "all")))
        {
            File.Copy(file, Path.Combine(target, $"photo-{Path.GetFileName(file)}"));
        }

        return _folder.PathTo(to);
    }
}
