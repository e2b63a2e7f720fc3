using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class PackedCacheTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Root => _temporary.PathTo("pictures");

    private string PackPath => _temporary.PathTo("cache", "pictures.pack");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Pictures_are_what_they_were_and_the_second_opening_decodes_nothing()
    {
        var dataset = new TinyDataset(7, i => TinyDataset.Picture(i, width: i + 1, height: 9 - i));
        var progress = new List<PackedCacheProgress>();
        using (var made = PackedCache.OpenOrCreate(dataset, PackPath, progress: new ImmediateProgress<PackedCacheProgress>(progress.Add)))
        {
            (made.MadeBecause, made.Count, made.Faults.Count).Should().Be(("there was none", 7, 0));
            (progress[^1].Done, progress[^1].Count).Should().Be((7, 7));
        }

        int reads = dataset.ReadCount;
        using var cache = PackedCache.OpenOrCreate(dataset, PackPath);
        var canvas = new ImageCanvas();
        for (int i = 0; i < 7; i++)
        {
            var sample = cache.Read(i);
            (sample.Label, cache.LabelOf(i), cache.Read(i, canvas), cache.NameOf(i)).Should().Be((i % 2, i % 2, i % 2, $"picture{i}"));
            (sample.Image.Width, sample.Image.Height).Should().Be((i + 1, 9 - i));
            sample.Image.Pixels.Should().Equal(TinyDataset.Picture(i, i + 1, 9 - i).Pixels).And.Equal(canvas.Read().ToArray());
        }

        (cache.MadeBecause, dataset.ReadCount).Should().Be((null, reads));
        cache.ByteCount.Should().Be(new FileInfo(PackPath).Length);
    }

    [Fact]
    public void Reading_into_a_canvas_allocates_nothing()
    {
        using var cache = PackedCache.OpenOrCreate(new TinyDataset(50), PackPath);

        CifarTests.AllocatedBy(cache).Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_file_is_the_same_whatever_the_number_of_threads(int workers)
    {
        var shapes = new SyntheticShapes(300, size: 20);
        PackedCache.OpenOrCreate(shapes, PackPath, new PackedCacheOptions { WorkerCount = 2 }).Dispose();
        PackedCache.OpenOrCreate(shapes, PackPath + "2", new PackedCacheOptions { WorkerCount = workers }).Dispose();

        File.ReadAllBytes(PackPath + "2").Should().Equal(File.ReadAllBytes(PackPath));
    }

    [Fact]
    public void Large_pictures_are_resized_and_cropped_and_small_ones_stay()
    {
        var dataset = new TinyDataset(2, i => i == 0 ? TinyDataset.Picture(0, 40, 20) : TinyDataset.Picture(1, 6, 5));
        using var cache = PackedCache.OpenOrCreate(dataset, PackPath, new PackedCacheOptions { ShorterSide = 10, LongestSide = 16 });

        var resized = ImageResizer.ResizeShorterSide(TinyDataset.Picture(0, 40, 20), 10, ResizeFilter.Bilinear);
        cache.Read(0).Image.Pixels.Should().Equal(ImageCrop.At(resized, 2, 0, 16, 10).Pixels);
        cache.Read(1).Image.Pixels.Should().Equal(TinyDataset.Picture(1, 6, 5).Pixels);
    }

    [Fact]
    public void Other_settings_make_the_file_anew()
    {
        var shapes = new SyntheticShapes(5, size: 20);
        MadeBecause(shapes, new PackedCacheOptions()).Should().Be("there was none");
        MadeBecause(shapes, new PackedCacheOptions { WorkerCount = 1 }).Should().BeNull();
        foreach (var options in new[]
        {
            new PackedCacheOptions { ShorterSide = 18 }, new PackedCacheOptions { ShorterSide = 18, Filter = ResizeFilter.Bicubic },
            new PackedCacheOptions { LongestSide = 18 }, new PackedCacheOptions { Version = "2" },
        })
        {
            MadeBecause(shapes, options).Should().Be("the pictures or the settings were others");
            MadeBecause(shapes, options).Should().BeNull();
        }

        MadeBecause(new SyntheticShapes(5, size: 21), new PackedCacheOptions { Version = "2" }).Should().NotBeNull();
        MadeBecause(new SyntheticShapes(6, size: 21), new PackedCacheOptions { Version = "2" }).Should().NotBeNull();
    }

    [Fact]
    public void Changed_added_and_touched_files_make_the_file_anew()
    {
        string first = PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");
        Open().Should().Be("there was none");

        File.SetLastWriteTimeUtc(first, File.GetLastWriteTimeUtc(first).AddSeconds(2));
        Open().Should().Be("the pictures or the settings were others");
        Open().Should().BeNull();

        PictureFiles.Add(Root, "ants/2.png");
        Open().Should().NotBeNull();

        File.Move(first, Path.Combine(Root, "bees", "3.png"));
        Open().Should().NotBeNull();
        MadeBecause(ImageFolder.Open(Root, decoding: new ImageDecodeOptions { ApplyOrientation = false }), new PackedCacheOptions()).Should().NotBeNull();
        MadeBecause(new Subset(ImageFolder.Open(Root), [2, 1]), new PackedCacheOptions()).Should().NotBeNull();

        string? Open() => MadeBecause(ImageFolder.Open(Root), new PackedCacheOptions());
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_kept_as_a_fault()
    {
        string bad = PictureFiles.AddText(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");
        var folder = ImageFolder.Open(Root);
        string message = FluentActions.Invoking(() => folder.Read(0)).Should().Throw<ImageFormatException>().Which.Message;

        foreach (string? reason in new[] { "there was none", null })
        {
            using var cache = PackedCache.OpenOrCreate(folder, PackPath);
            cache.MadeBecause.Should().Be(reason);
            cache.Faults.Should().Equal(new DataFault(bad, message[(bad.Length + 2)..]));
            FluentActions.Invoking(() => cache.Read(0)).Should().Throw<ImageFormatException>().WithMessage(message);
            FluentActions.Invoking(() => cache.Read(0, new ImageCanvas())).Should().Throw<ImageFormatException>().WithMessage(message);
            cache.Read(1).Label.Should().Be(1);
        }
    }

    [SkippableFact]
    public void Real_photos_come_back_byte_for_byte()
    {
        string? photos = RealPictures.Hymenoptera();
        Skip.If(photos is null, RealPictures.WhySkipped);
        var folder = ImageFolder.Open(Path.Combine(Directory.GetDirectories(photos, "val", SearchOption.AllDirectories)[0]));
        using var cache = PackedCache.OpenOrCreate(folder, PackPath, new PackedCacheOptions { ShorterSide = 64 });

        cache.Count.Should().Be(153);
        for (int i = 0; i < cache.Count; i += 10)
        {
            var image = folder.Read(i).Image;
            cache.Read(i).Image.Pixels.Should().Equal(ImageResizer.ResizeShorterSide(image, 64, ResizeFilter.Bilinear).Pixels);
        }
    }

    private string? MadeBecause(IImageDataset dataset, PackedCacheOptions options)
    {
        using var cache = PackedCache.OpenOrCreate(dataset, PackPath, options);
        cache.Count.Should().Be(dataset.Count);
        cache.Read(dataset.Count - 1).Label.Should().Be(dataset.LabelOf(dataset.Count - 1));
        return cache.MadeBecause;
    }
}
