using ResNet.Downloading;
using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly DownloadOptions _options;

    public CifarTests()
    {
        _options = new DownloadOptions { CacheFolder = _temporary.PathTo("cache"), Mirror = null };
    }

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(".")]
    [InlineData("cifar-10-batches-bin")]
    public async Task Pictures_of_all_files_come_in_order(string path)
    {
        string folder = CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);

        var train = await OpenAsync(_temporary.PathTo(path));
        var test = await OpenAsync(_temporary.PathTo(path), CifarPart.Test);

        (train.Count, test.Count).Should().Be((302, 3));
        train.Labels.Should().Equal(ClassLabels.Cifar10);
        Enumerable.Range(0, train.Count).Select(train.LabelOf).Should().Equal(Enumerable.Range(0, 300).Concat([0, 1]).Select(i => i % 10));
        Path.GetRelativePath(folder, train.NameOf(301)).Replace('\\', '/').Should().EndWith("data_batch_2.bin#1");
        FluentActions.Invoking(() => train.Read(302)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Planes_become_pixels()
    {
        CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);
        var train = await OpenAsync(_temporary.Root);
        var canvas = new ImageCanvas();
        byte[] expected = [.. Enumerable.Range(0, 3072).Select(i => CifarFiles.Value(257, i % 3, i / 3))];

        var sample = train.Read(257);
        int label = train.Read(257, canvas);

        sample.Image.Pixels.Should().Equal(expected);
        (sample.Label, label, canvas.Width, canvas.Height).Should().Be((7, 7, 32, 32));
        canvas.Read().ToArray().Should().Equal(expected);
    }

    [Fact]
    public async Task Whoever_draws_on_a_canvas_leaves_the_data_set_as_it_is()
    {
        CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);
        var train = await OpenAsync(_temporary.Root);
        var canvas = new ImageCanvas();
        _ = train.Read(0, canvas);
        canvas.Edit().Clear();

        train.Read(0).Image.Pixels[1].Should().Be(CifarFiles.Value(0, 1, 0));
    }

    [Fact]
    public async Task Reading_into_a_canvas_allocates_nothing()
    {
        CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);
        IImageDataset train = await OpenAsync(_temporary.Root);

        AllocatedBy(train).Should().Be(0);
    }

    [Fact]
    public async Task A_hundred_classes_have_fine_and_coarse_labels()
    {
        CifarFiles.WriteFolder(CifarFiles.Cifar100 with { Train = [new CifarFile("train.bin", 30)] }, _temporary.Root);

        var fine = await Open100Async(Cifar100Labels.Fine);
        var coarse = await Open100Async(Cifar100Labels.Coarse);

        fine.Labels.Should().BeSameAs(ClassLabels.Cifar100).And.HaveCount(100).And.OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
        coarse.Labels.Should().BeSameAs(ClassLabels.Cifar100Coarse).And.HaveCount(20).And.OnlyHaveUniqueItems();
        (fine.LabelOf(29), coarse.LabelOf(29)).Should().Be((29, 9));
        fine.Read(29).Image.Pixels.Should().Equal(coarse.Read(29).Image.Pixels).And.StartWith([CifarFiles.Value(29, 0, 0), CifarFiles.Value(29, 1, 0)]);
    }

    [Fact]
    public void Only_whole_files_of_the_original_sizes_are_taken()
    {
        CifarFiles.WriteFolder(CifarFormat.Cifar10 with { Train = [new CifarFile("data_batch_1.bin", 9_999), .. CifarFormat.Cifar10.Train.Skip(1).Select(file => file with { Count = 1 })] }, _temporary.Root);

        FluentActions.Invoking(() => Cifar10.Open(_temporary.Root)).Should().Throw<DatasetException>().WithMessage(
            "*data_batch_1.bin is no whole file of CIFAR-10's binary version: it should have 30730000 bytes (10000 pictures of 3073), but has 30726927. Download or unpack it again.");
    }

    [Fact]
    public async Task A_label_out_of_range_names_file_and_byte()
    {
        string folder = CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "data_batch_1.bin"));
        bytes[3073 * 299] = 10;
        File.WriteAllBytes(Path.Combine(folder, "data_batch_1.bin"), bytes);

        (await FailAsync(_temporary.Root)).Should().Contain($"data_batch_1.bin is no file of CIFAR-10's binary version, or damaged: picture 299, at byte {3073 * 299}, has the label 10");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        (await FailAsync(_temporary.Root)).Should().Contain("holds neither data_batch_1.bin nor cifar-10-batches-bin/data_batch_1.bin nor cifar-10-binary.tar.gz")
            .And.Contain("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
        (await FailAsync(_temporary.PathTo("none"))).Should().Contain("does not exist");

        string folder = CifarFiles.WriteFolder(CifarFiles.Cifar10, _temporary.Root);
        File.Delete(Path.Combine(folder, "data_batch_2.bin"));
        (await FailAsync(_temporary.Root)).Should().Contain("lacks data_batch_2.bin");
    }

    internal static long AllocatedBy(IImageDataset dataset)
    {
        var canvas = new ImageCanvas();
        for (int i = 0; i < dataset.Count; i++)
        {
            _ = dataset.Read(i, canvas);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < dataset.Count; i++)
        {
            _ = dataset.Read(i, canvas);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private Task<Cifar10> OpenAsync(string path, CifarPart part = CifarPart.Train) => Cifar10.OpenAsync(CifarFiles.Cifar10, path, part, _options, CancellationToken.None);

    private Task<Cifar100> Open100Async(Cifar100Labels labels) => Cifar100.OpenAsync(
        CifarFiles.Cifar100 with { Train = [new CifarFile("train.bin", 30)] }, _temporary.Root, CifarPart.Train, labels, _options, CancellationToken.None);

    private async Task<string> FailAsync(string path) =>
        (await FluentActions.Awaiting(() => OpenAsync(path)).Should().ThrowAsync<DatasetException>()).Which.Message;
}
