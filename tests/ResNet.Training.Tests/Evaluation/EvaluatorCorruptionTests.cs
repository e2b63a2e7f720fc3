using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>Where a corruption is applied, and that its chance hangs on seed and picture alone.</summary>
public sealed class EvaluatorCorruptionTests : IDisposable
{
    private static readonly Preprocessing Resized = new() { ResizeShorterSide = 36, CropSize = 32, Normalization = Normalization.Cifar10 };
    private readonly SyntheticShapes _shapes = TinyNetwork.Shapes(40);
    private readonly ResNetModel _model;

    public EvaluatorCorruptionTests()
    {
        _model = TinyNetwork.Build(_shapes.Labels.Count);
        TinyNetwork.Sharpen(_model);
    }

    public static TheoryData<TestCrops, bool, int?> Ways { get; } = new()
    {
        { TestCrops.Center, false, null }, { TestCrops.Center, true, null }, { TestCrops.Ten, false, null }, { TestCrops.Center, false, 3 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Workers_and_batches_change_no_chance(TestCrops crops, bool full, int? padding)
    {
        var options = new EvaluationOptions { Crops = full ? null : crops, FullyConvolutional = full, Padding = padding, Corruption = new Speckle(), Seed = 5, WorkerCount = 1 };

        double loss = Loss(options);

        Loss(options with { WorkerCount = 4, BatchSize = 7 }).Should().BeApproximately(loss, 1e-5);
        Loss(options with { Seed = 6 }).Should().NotBeApproximately(loss, 1e-4);
        Loss(options with { Corruption = null }).Should().NotBeApproximately(loss, 1e-4);
    }

    [Fact]
    public void The_chance_is_that_of_seed_epoch_0_and_index()
    {
        var byHand = new ViewsByHand(_model, new Corrupted(_shapes, Resized, seed: 5), Resized with { ResizeShorterSide = null });

        Loss(new() { Corruption = new Speckle(), Seed = 5 }).Should().BeApproximately(byHand.Loss(picture => [[picture]]), 1e-5);
    }

    [Theory]
    [InlineData(TestCrops.Center, false, 0, false, 32, 32)]
    [InlineData(TestCrops.Center, false, 0, true, 32, 32)]
    [InlineData(TestCrops.Center, false, 2, false, 36, 36)]
    [InlineData(TestCrops.Ten, false, 0, false, 36, 36)]
    [InlineData(TestCrops.Ten, false, 4, false, 36, 36)]
    [InlineData(TestCrops.Center, true, 4, true, 36, 36)]
    public void It_sees_the_centre_crop_where_that_is_all_and_else_the_resized_picture(TestCrops crops, bool full, int padding, bool flip, int width, int height)
    {
        var corruption = new Speckle();

        Loss(new() { Crops = full ? null : crops, FullyConvolutional = full, Padding = padding, Flip = flip, Corruption = corruption });

        corruption.Seen.Should().HaveCount(_shapes.Count, "once for each picture").And.OnlyContain(size => size == new PictureSize(width, height));
    }

    public void Dispose() => _model.Dispose();

    private double Loss(EvaluationOptions options) => Evaluator.Evaluate(_model, _shapes, Resized, options).Loss;

    private sealed class Speckle : ITransform
    {
        public System.Collections.Concurrent.ConcurrentBag<PictureSize> Seen { get; } = [];

        public void Apply(ImageCanvas canvas, Random random)
        {
            Seen.Add(new PictureSize(canvas.Width, canvas.Height));
            foreach (ref byte value in canvas.Edit())
            {
                value = random.Next(3) == 0 ? (byte)random.Next(256) : value;
            }
        }
    }

    /// <summary>Centre crops with speckles, made one after another.</summary>
    private sealed class Corrupted(IImageDataset dataset, Preprocessing preprocessing, int seed) : IImageDataset
    {
        public int Count => dataset.Count;

        public ClassLabels Labels => dataset.Labels;

        public int LabelOf(int index) => dataset.LabelOf(index);

        public string NameOf(int index) => dataset.NameOf(index);

        public ImageSample Read(int index)
        {
            var sample = dataset.Read(index);
            var canvas = new ImageCanvas();
            canvas.Load(preprocessing.Apply(sample.Image));
            new Speckle().Apply(canvas, SampleRandom.For(seed, 0, index));
            return sample with { Image = canvas.ToImage() };
        }
    }
}
