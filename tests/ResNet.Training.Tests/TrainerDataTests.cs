using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>What the trainer does with the options that concern its data.</summary>
public sealed class TrainerDataTests
{
    private static readonly TrainingOptions Options = new()
    {
        Iterations = 3,
        BatchSize = 8,
        LearningRate = 0.01,
        Preprocessing = new Preprocessing { CropSize = 8, Normalization = Normalization.None },
        WorkerCount = 2,
    };

    [Fact]
    public void The_augmentation_may_get_the_whole_picture()
    {
        var sizes = new SizeRecorder();
        using var model = Network();

        new Trainer(model, Options with { Augmentation = new TransformChain(sizes, new Window()), AugmentWholePicture = true })
            .Fit(new SyntheticShapes(32, seed: 1), null);
        new Trainer(model, Options with { Augmentation = sizes }).Fit(new SyntheticShapes(32, seed: 1), null);

        sizes.Seen.Order().Should().Equal(8, 32);
        FluentActions.Invoking(() => new Trainer(model, Options with { AugmentWholePicture = true })).Should().Throw<InvalidOptionsException>()
            .WithMessage("*AugmentWholePicture is true without an Augmentation*");
    }

    [Fact]
    public void Mixed_and_balanced_batches_train()
    {
        using var model = Network();
        var options = Options with { Mixing = new BatchMixing { MixupAlpha = 0.2, CutMixAlpha = 1 }, BalanceClasses = true };

        var result = new Trainer(model, options).Fit(new SyntheticShapes(32, seed: 1), new SyntheticShapes(16, seed: 2));

        result.Iterations.Should().Be(3);
        double.IsFinite(result.TrainLoss).Should().BeTrue();
    }

    [Fact]
    public void Pictures_that_a_pixel_mean_does_not_fit_are_counted()
    {
        using var model = Network();
        var data = new SyntheticShapes(32, seed: 1);
        var fitting = PixelMean.Of(Enumerable.Range(0, 8).Select(i => data.Read(i).Image));
        var other = PixelMean.Of([new RgbImage(5, 5, new byte[75])]);

        // Under a mean of its own size the picture is not cropped first.
        Fit(model, data, fitting).ChannelMeanCount.Should().Be(0);
        Fit(model, data, other).ChannelMeanCount.Should().BeGreaterThanOrEqualTo(24);
    }

    private static TrainingResult Fit(ResNetModel model, IImageDataset data, PixelMean mean) =>
        new Trainer(model, Options with { Preprocessing = Preprocessing.PaperCifar10(mean), Augmentation = new PadAndCrop() }).Fit(data, null);

    private static ResNetModel Network() => new(ResNetOptions.Cifar(8) with { ClassCount = new SyntheticShapes(1, seed: 0).Labels.Count, BaseWidth = 4 });

    private sealed class SizeRecorder : ITransform
    {
        private readonly HashSet<int> _seen = [];

        public IReadOnlyCollection<int> Seen => _seen;

        public void Apply(ImageCanvas canvas, Random random)
        {
            lock (_seen)
            {
                _seen.Add(canvas.Width);
            }
        }
    }

    private sealed class Window : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random) => canvas.Crop(random.Next(8), random.Next(8), 16, 16);
    }
}
