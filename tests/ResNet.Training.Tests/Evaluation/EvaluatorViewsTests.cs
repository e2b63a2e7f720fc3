using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Which views are made of a picture, and how their scores are averaged, held against the plainest way to do it. Losses agree to 1e-5 of about 6: logits
/// are float32, and kernels differ in the order in which they add up.</summary>
public sealed class EvaluatorViewsTests : IDisposable
{
    // With odd and even margins, upright and lying, a panorama, a thread, and one of exactly a crop.
    private static readonly (int Width, int Height)[] Sizes = [(50, 37), (37, 50), (41, 41), (64, 48), (50, 37), (400, 36), (33, 700), (32, 32), (64, 48)];

    private static readonly Preprocessing Small = new() { ResizeShorterSide = 36, CropSize = 32, Normalization = Normalization.ImageNet };
    private static readonly Preprocessing Unresized = Small with { ResizeShorterSide = null };

    private readonly TinyDataset _pictures = new(Sizes.Length, i => Noise(i, Sizes[i].Width, Sizes[i].Height), classCount: 6);
    private readonly ResNetModel _model = Network();

    [Fact]
    public void The_centre_crop() =>
        Loss(Small, new()).Should().BeApproximately(ByHand(Small, picture => [[Small.Apply(picture)]]), 1e-5);

    [Fact]
    public void The_centre_crop_and_its_mirror_image() =>
        Loss(Small, new() { Flip = true }).Should().BeApproximately(ByHand(Small, picture => [[Small.Apply(picture), Mirrored(Small.Apply(picture))]]), 1e-5);

    [Theory]
    [InlineData(ScoreAveraging.Softmax)]
    [InlineData(ScoreAveraging.Logits)]
    public void Ten_crops_are_those_of_the_classifier(ScoreAveraging averaging)
    {
        var ten = Small with { Crops = TestCrops.Ten };

        Loss(Small, new() { Crops = TestCrops.Ten, Averaging = averaging })
            .Should().BeApproximately(ByHand(ten, picture => [ten.ApplyAll(picture)], averagesLogits: averaging == ScoreAveraging.Logits), 1e-5);
    }

    [Fact]
    public void Ten_crops_of_unresized_pictures_are_cut_out_of_padded_ones()
    {
        Loss(Unresized, new() { Crops = TestCrops.Ten })
            .Should().BeApproximately(ByHand(Unresized, picture => [ImageCrop.Ten(Padded(picture, 4), 32, 32)]), 1e-5, "4 is an eighth of the crop");
    }

    [Fact]
    public void Ten_crops_at_several_scales()
    {
        Loss(Small, new() { Crops = TestCrops.Ten, Scales = [32, 45], Padding = 3 }).Should().BeApproximately(
            ByHand(Small, picture => [Ten(picture, 32), Ten(picture, 45)]), 1e-5);

        static IReadOnlyList<RgbImage> Ten(RgbImage picture, int side) => ImageCrop.Ten(Padded(ImageResizer.ResizeShorterSide(picture, side, ResizeFilter.Bilinear), 3), 32, 32);
    }

    [Fact]
    public void The_centre_crop_at_several_scales_of_padded_pictures()
    {
        Loss(Small, new() { Scales = [32, 45, 70], Padding = 2 }).Should().BeApproximately(
            ByHand(Small, picture => [Centre(picture, 32), Centre(picture, 45), Centre(picture, 70)]), 1e-5);

        static IReadOnlyList<RgbImage> Centre(RgbImage picture, int side) =>
            [ImageCrop.Center(Padded(ImageResizer.ResizeShorterSide(picture, side, ResizeFilter.Bilinear), 2), 32, 32)];
    }

    [Theory]
    [InlineData(ScoreAveraging.Softmax, false)]
    [InlineData(ScoreAveraging.Softmax, true)]
    [InlineData(ScoreAveraging.Logits, true)]
    public void Whole_pictures_at_several_scales(ScoreAveraging averaging, bool flip)
    {
        Loss(Small, new() { FullyConvolutional = true, Scales = [32, 45], Averaging = averaging, Flip = flip }).Should().BeApproximately(
            ByHand(Small, picture => [Whole(picture, 32), Whole(picture, 45)], isFull: true, averaging == ScoreAveraging.Logits), 1e-5);

        IReadOnlyList<RgbImage> Whole(RgbImage picture, int side)
        {
            var resized = ImageResizer.ResizeShorterSide(picture, side, ResizeFilter.Bilinear);
            return flip ? [resized, Mirrored(resized)] : [resized];
        }
    }

    [Fact]
    public void Whole_pictures_of_their_own_size_with_padding() =>
        Loss(Unresized, new() { FullyConvolutional = true, Padding = 5 })
            .Should().BeApproximately(ByHand(Unresized, picture => [[Padded(picture, 5)]], isFull: true), 1e-5);

    [Fact]
    public void Whole_pictures_of_one_crop_s_size_are_their_centre_crops()
    {
        var shapes = new SyntheticShapes(40);
        using var model = TinyNetwork.Build(shapes.Labels.Count);
        TinyNetwork.Sharpen(model);

        var crops = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10);
        var whole = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, new EvaluationOptions { FullyConvolutional = true });

        whole.Loss.Should().BeApproximately(crops.Loss, 1e-5);
        (whole.Top1Correct, whole.Top5Correct, whole.ViewCount).Should().Be((crops.Top1Correct, crops.Top5Correct, 1));
    }

    [Fact]
    public void Each_picture_is_read_once_however_many_views_are_scored()
    {
        var report = Evaluator.Evaluate(_model, _pictures, Small, new EvaluationOptions { Crops = TestCrops.Ten, Scales = [32, 36, 40] });

        _pictures.ReadCount.Should().Be(Sizes.Length);
        (report.Images, report.ViewCount).Should().Be((Sizes.Length, 30));
    }

    [Fact]
    public void Pictures_of_a_cache_are_not_written_to()
    {
        var cache = new CachedDataset(_pictures);
        var options = new EvaluationOptions { Crops = TestCrops.Ten, Scales = [32, 50], Corruption = new Inversion() };

        double first = Evaluator.Evaluate(_model, cache, Small, options).Loss;

        Evaluator.Evaluate(_model, cache, Small, options).Loss.Should().Be(first);
        Enumerable.Range(0, Sizes.Length).Should().OnlyContain(i => cache.Read(i).Image.Pixels.SequenceEqual(Noise(i, Sizes[i].Width, Sizes[i].Height).Pixels));
        _pictures.ReadCount.Should().Be(Sizes.Length);
    }

    public void Dispose() => _model.Dispose();

    /// <summary>Every batch size from one view to all, and another number of workers, come to the same.</summary>
    private double Loss(Preprocessing preprocessing, EvaluationOptions options)
    {
        int[] sizes = [128, 1, 7, 30];
        double[] losses = [.. sizes.Select((size, i) => Evaluator.Evaluate(_model, _pictures, preprocessing, options with { BatchSize = size, WorkerCount = 1 + i }).Loss)];

        // Logits are float32, and some kernels add up in another order for another batch size.
        losses.Should().OnlyContain(loss => Math.Abs(loss - losses[0]) < 1e-5);
        return losses[0];
    }

    private double ByHand(Preprocessing preprocessing, Func<RgbImage, IEnumerable<IReadOnlyList<RgbImage>>> views, bool isFull = false, bool averagesLogits = false) =>
        new ViewsByHand(_model, _pictures, preprocessing).Loss(views, isFull, averagesLogits);

    private static ResNetModel Network()
    {
        torch.random.manual_seed(3);
        var model = new ResNetModel(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1], BaseWidth = 8, ClassCount = 6 });
        TinyNetwork.Sharpen(model);
        return model;
    }

    private static RgbImage Noise(int seed, int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage Mirrored(RgbImage picture)
    {
        var canvas = new ImageCanvas();
        canvas.Load(picture);
        canvas.Mirror();
        return canvas.ToImage();
    }

    private static RgbImage Padded(RgbImage picture, int padding)
    {
        var canvas = new ImageCanvas();
        canvas.Load(picture);
        canvas.Crop(-padding, -padding, picture.Width + (2 * padding), picture.Height + (2 * padding));
        return canvas.ToImage();
    }

    private sealed class Inversion : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random)
        {
            foreach (ref byte value in canvas.Edit())
            {
                value = (byte)~value;
            }
        }
    }
}
