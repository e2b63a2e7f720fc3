namespace ResNet.Training.Tests.Data;

/// <summary>Sizes without decoding: what a data set tells is what it reads.</summary>
public sealed class SizedDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_tells_sizes_by_the_heads_of_its_files_and_wrappers_pass_them_on()
    {
        PictureFiles.Add(_folder.Root, "a/one.png", 5, 7);
        PictureFiles.Add(_folder.Root, "b/two.png", 9, 3);
        PictureFiles.AddText(_folder.Root, "b/zero.png");
        var folder = ImageFolder.Open(_folder.Root);
        var cache = new CachedDataset(folder);
        ISizedDataset[] all = [folder, cache, new Subset(folder, [0, 1, 2]), new ConcatenatedDataset([new Subset(folder, [0]), new Subset(folder, [1, 2])])];

        foreach (var dataset in all)
        {
            Sizes(dataset).Should().Equal(new PictureSize(5, 7), new PictureSize(9, 3), null);
            dataset.Invoking(d => d.SizeOf(3)).Should().Throw<ArgumentOutOfRangeException>();
        }

        cache.CachedCount.Should().Be(0, "nothing was decoded");
        File.Delete(folder.NameOf(0));
        Sizes(folder).Should().Equal(null, new PictureSize(9, 3), null);
    }

    [Fact]
    public void A_cache_tells_what_it_keeps_and_a_packed_one_what_it_packed()
    {
        PictureFiles.Add(_folder.Root, "pictures/a/one.png", 50, 70);
        string lost = PictureFiles.Add(_folder.Root, "pictures/a/two.png", 20, 30);
        PictureFiles.AddText(_folder.Root, "pictures/a/zero.png");
        var folder = ImageFolder.Open(_folder.PathTo("pictures"));
        var cache = new CachedDataset(folder);
        cache.Read(1);
        using var packed = PackedCache.OpenOrCreate(folder, _folder.PathTo("packed"), new PackedCacheOptions { ShorterSide = 10 });
        File.Delete(lost);

        Sizes(cache).Should().Equal(new PictureSize(50, 70), new PictureSize(20, 30), null);
        Sizes(packed).Should().Equal(new PictureSize(10, 14), new PictureSize(10, 15), null);
    }

    [Fact]
    public void A_wrapper_of_what_cannot_tell_cannot_either() => new Subset(new TinyDataset(3), [1]).SizeOf(0).Should().BeNull();

    [Fact]
    public void Shapes_have_one_size() => new SyntheticShapes(3, size: 48).SizeOf(2).Should().Be(new PictureSize(48, 48));

    [SkippableFact]
    public void Real_photos_are_as_large_as_their_heads_say()
    {
        string? root = RealPictures.Hymenoptera();
        Skip.If(root is null, RealPictures.WhySkipped);
        var photos = ImageFolder.Open(Path.Combine(root!, "val"));

        for (int i = 0; i < photos.Count; i += 5)
        {
            var image = photos.Read(i).Image;
            photos.SizeOf(i).Should().Be(new PictureSize(image.Width, image.Height), photos.NameOf(i));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static PictureSize?[] Sizes(ISizedDataset dataset) => [.. Enumerable.Range(0, dataset.Count).Select(dataset.SizeOf)];
}
