using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Of one image of 32x32 the last feature map of an ImageNet network is one value a channel, of which batch normalisation has no variance.</summary>
public sealed class TrainerSingleImageTests : IDisposable
{
    private static readonly TrainingOptions Options = TinyNetwork.Options with { Iterations = 2, Schedule = new ConstantSchedule(), LearningRate = 0.01 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_rest_of_one_image_trains_with_the_part_before_it()
    {
        using var model = Network();

        new Trainer(model, Options with { BatchSize = 11, MicroBatchSize = 5, RecomputeBatchNormPictures = 11 }).Fit(Pictures(11), null);

        TinyNetwork.IsFinite(model).Should().BeTrue();
        model.state_dict()["layer4.0.bn1.num_batches_tracked"].item<long>().Should().Be(4, "each of two steps has two parts");
    }

    [Theory]
    [InlineData(1, null, 12, "BatchSize is 1")]
    [InlineData(4, 1, 12, "MicroBatchSize is 1")]
    [InlineData(4, null, 1, "there is 1 image to train on")]
    public void Single_images_all_the_time_are_refused_before_anything_is_written(int batchSize, int? microBatchSize, int count, string cause)
    {
        using var model = Network();
        var options = Options with { BatchSize = batchSize, MicroBatchSize = microBatchSize, OutputDirectory = _folder.PathTo("run"), Precision = Precision.Auto };

        new Trainer(model, options).Invoking(trainer => trainer.Fit(Pictures(count), null)).Should().Throw<InvalidOptionsException>().WithMessage(
            $"TrainingOptions: 1 fault.\n- Expected more than 1 value per channel when training: {cause}, and of one image of 32x32 the last feature map of this network is 1x1. "
            + "Give batch normalisation 2 or more images at once (BatchSize, MicroBatchSize), larger images, or take a network for small ones (ResNetOptions.Cifar).");

        Directory.Exists(_folder.PathTo("run")).Should().BeFalse();
        TinyNetwork.IsFinite(model).Should().BeTrue();
    }

    [Fact]
    public void A_frozen_backbone_may_see_single_images()
    {
        using var model = Network();

        new Trainer(model, Options with { BatchSize = 1, FreezeBackboneEpochs = 1 }).Fit(Pictures(12), null).Iterations.Should().Be(2);

        TinyNetwork.IsFinite(model).Should().BeTrue();
    }

    [Fact]
    public void A_network_with_larger_maps_may_see_single_images()
    {
        using var model = TinyNetwork.Build(2);

        new Trainer(model, Options with { BatchSize = 1 }).Fit(Pictures(12), null).Iterations.Should().Be(2);
    }

    [Fact]
    public void A_batch_of_which_one_image_can_be_read_is_left_out()
    {
        using var model = Network();
        var pictures = new TinyDataset(6, index => index == 3 ? throw new ImageFormatException("picture3", "is broken") : TinyDataset.Picture(index, 32, 32));

        var result = new Trainer(model, Options with { BatchSize = 2, Iterations = null, Epochs = 2, Augmentation = null }).Fit(pictures, null);

        TinyNetwork.IsFinite(model).Should().BeTrue();
        model.state_dict()["layer4.0.bn1.num_batches_tracked"].item<long>().Should().Be(6);
        (result.Iterations, result.Epochs).Should().Be((6, 3), "two epochs are six iterations, and each epoch has two batches to train on");
    }

    [Fact]
    public void Where_nothing_is_left_the_run_ends_and_says_why()
    {
        using var model = Network();

        // It breaks once the run has begun: before, a class of which nothing can be read is refused.
        int reads = 0;
        var pictures = new TinyDataset(
            2, index => index == 1 && Interlocked.Increment(ref reads) > 2 ? throw new ImageFormatException("picture1", "is broken") : TinyDataset.Picture(index, 32, 32));

        new Trainer(model, Options with { BatchSize = 2, Augmentation = null }).Invoking(trainer => trainer.Fit(pictures, null)).Should().Throw<DatasetException>()
            .WithMessage("Nothing of epoch 1 can be trained on: of each of its batches one image at most can be read. Give batch normalisation 2 or more images at once*");
    }

    private static TinyDataset Pictures(int count) => new(count, index => TinyDataset.Picture(index, 32, 32));

    private static ResNetModel Network()
    {
        torch.random.manual_seed(0);
        return new ResNetModel(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1, 1], BaseWidth = 4, ClassCount = 2 });
    }
}
