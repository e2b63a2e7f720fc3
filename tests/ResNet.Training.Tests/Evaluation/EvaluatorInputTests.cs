using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>Bad input is refused before the work starts, and what turns up on the way is told.</summary>
public sealed class EvaluatorInputTests : IDisposable
{
    private static readonly Preprocessing Unresized = Preprocessing.Cifar10 with { ResizeShorterSide = null };
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _model = TinyNetwork.Build(2);

    [Fact]
    public void A_file_smaller_than_the_crop_is_named_before_anything_is_decoded()
    {
        PictureFiles.Add(_folder.Root, "a/one.png", 40, 32);
        string first = PictureFiles.Add(_folder.Root, "a/two.png", 28, 40);
        PictureFiles.Add(_folder.Root, "b/one.png", 31, 31);
        PictureFiles.AddText(_folder.Root, "b/zero.png");
        var progress = new ImmediateProgress<EvaluationProgress>(_ => Assert.Fail("the work had begun"));
        var pictures = new Subset(new CachedDataset(new ConcatenatedDataset([ImageFolder.Open(_folder.Root)])), [0, 1, 2, 3]);

        FluentActions.Invoking(() => Evaluator.Evaluate(_model, pictures, Unresized, new EvaluationOptions { BatchSize = 1 }, progress)).Should().Throw<DatasetException>().WithMessage(
            $"{first} is 28x40 (so are 1 more of 4), smaller than the crop of 32x32, and nothing resizes it. Set EvaluationOptions.Scales or Preprocessing.ResizeShorterSide, "
            + "pad it, leave it out, or set EnlargeSmallPictures.");
    }

    [Fact]
    public void A_data_set_that_cannot_tell_sizes_is_found_out_when_the_picture_is_read()
    {
        var pictures = Sized(20, i => i == 13 ? 30 : 32);

        FluentActions.Invoking(() => Evaluate(pictures, new())).Should().Throw<DatasetException>().WithMessage(
            "Reading or augmenting picture13 failed: it is 30x30, smaller than the crop of 32x32, and nothing resizes it. *");
    }

    [Theory]
    [InlineData(30, 1, false, null)]
    [InlineData(30, 0, true, null)]
    [InlineData(30, 0, false, 32)]
    public void Padding_enlarging_or_a_scale_makes_small_pictures_usable(int size, int padding, bool enlarge, int? scale)
    {
        var options = new EvaluationOptions { Padding = padding, EnlargeSmallPictures = enlarge, Scales = scale is { } side ? [side] : null };

        Evaluate(Sized(4, _ => size), options).Images.Should().Be(4);
        Evaluate(Sized(4, _ => size), options with { FullyConvolutional = true }).Images.Should().Be(4);
    }

    [Fact]
    public void Enlarged_pictures_are_those_of_Preprocessing()
    {
        var small = Sized(6, i => 9 + i);
        var large = new TinyDataset(6, i => Preprocessing.Cifar10.Apply(TinyDataset.Picture(i, 9 + i, 9 + i)));

        Evaluate(small, new() { EnlargeSmallPictures = true }).Loss.Should().BeApproximately(Evaluate(large, new()).Loss, 1e-5);
    }

    [Fact]
    public void An_empty_data_set_is_refused() =>
        FluentActions.Invoking(() => Evaluate(new Subset(new TinyDataset(3), []), new())).Should().Throw<DatasetException>()
            .WithMessage("The data set holds no pictures, so there is nothing to evaluate on.");

    [Fact]
    public void Another_number_of_classes_is_refused() =>
        FluentActions.Invoking(() => Evaluate(new TinyDataset(3, classCount: 7), new())).Should().Throw<ArgumentException>()
            .WithMessage("The data set has 7 classes (class0, class1, class2, …), the network 2. *");

    [Fact]
    public void A_network_of_grey_pictures_is_refused()
    {
        using var grey = new ResNetModel(ResNetOptions.Cifar(8) with { InputChannels = 1, ClassCount = 2 });

        FluentActions.Invoking(() => Evaluator.Evaluate(grey, Sized(3, _ => 32), Preprocessing.Cifar10)).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 1 channels, but pictures have 3 (red, green, blue); build it with InputChannels = 3.*");
    }

    [Fact]
    public void Wrong_options_are_refused_before_a_picture_is_read()
    {
        var pictures = Sized(3, _ => 32);

        FluentActions.Invoking(() => Evaluate(pictures, new() { Scales = [24] })).Should().Throw<InvalidOptionsException>();
        pictures.ReadCount.Should().Be(0);
    }

    [Fact]
    public void A_class_without_pictures_counts_for_nothing()
    {
        var onlyFirst = new Subset(Sized(20, _ => 32), Enumerable.Range(0, 10).Select(i => 2 * i));

        Evaluate(onlyFirst, new()).Images.Should().Be(10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_that_cannot_be_read_are_faults_and_do_not_shift_the_others(bool full)
    {
        var broken = new TinyDataset(30, i => i % 7 == 3 ? throw new ImageFormatException($"picture{i}", "is no picture") : TinyDataset.Picture(i, 32 + (i % 2), 32));
        var whole = new Subset(new TinyDataset(30, i => TinyDataset.Picture(i, 32 + (i % 2), 32)), Enumerable.Range(0, 30).Where(i => i % 7 != 3));
        var options = new EvaluationOptions { FullyConvolutional = full, BatchSize = 8 };

        var report = Evaluate(broken, options);

        report.Faults.Should().Equal(new[] { 3, 10, 17, 24 }.Select(i => new DataFault($"picture{i}", "is no picture")));
        report.Images.Should().Be(26);
        report.Loss.Should().BeApproximately(Evaluate(whole, options).Loss, 1e-5);
    }

    [Fact]
    public void A_picture_like_a_thread_is_a_fault_where_all_of_it_is_needed_and_none_where_only_crops_are()
    {
        var pictures = new TinyDataset(4, i => i == 2 ? TinyDataset.Picture(i, 20_000, 1) : TinyDataset.Picture(i, 40, 32));

        Evaluate(pictures, new() { Scales = [32], Crops = TestCrops.Ten }).Images.Should().Be(4);
        var report = Evaluate(pictures, new() { Scales = [32], FullyConvolutional = true });

        report.Images.Should().Be(3);
        report.Faults.Should().Equal(new DataFault(
            "picture2", "is 20000x1, which makes 640000x32 at a shorter side of 32; whole pictures of at most 16777216 pixels are evaluated. Leave it out, or look at crops only."));
    }

    [Fact]
    public void Cancelled_in_the_middle_it_ends_between_two_forwards()
    {
        using var stop = new CancellationTokenSource();
        int reports = 0;
        var progress = new ImmediateProgress<EvaluationProgress>(at =>
        {
            at.Total.Should().Be(400);
            if (++reports == 2)
            {
                stop.Cancel();
            }
        });
        var pictures = Sized(400, _ => 32);

        FluentActions.Invoking(() => Evaluator.Evaluate(_model, pictures, Preprocessing.Cifar10, new EvaluationOptions { BatchSize = 10 }, progress, stop.Token))
            .Should().Throw<OperationCanceledException>();

        reports.Should().Be(2);
        pictures.ReadCount.Should().BeLessThan(200);
        pictures.Readers.Should().OnlyContain(thread => !thread.IsAlive);
    }

    [Fact]
    public void Cancelled_before_it_starts_it_reads_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var pictures = Sized(4, _ => 32);

        FluentActions.Invoking(() => Evaluator.Evaluate(_model, pictures, Preprocessing.Cifar10, null, null, stop.Token)).Should().Throw<OperationCanceledException>();

        pictures.ReadCount.Should().Be(0);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static TinyDataset Sized(int count, Func<int, int> size) => new(count, i => TinyDataset.Picture(i, size(i), size(i)));

    private EvaluationReport Evaluate(IImageDataset pictures, EvaluationOptions options) => Evaluator.Evaluate(_model, pictures, Unresized, options);
}
