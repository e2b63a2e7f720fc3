using ResNet.Imaging;

namespace ResNet.Training;

public sealed partial record TrainingOptions
{
    /// <summary>
    /// Section 4.2: 64,000 iterations of 128 pictures, rate 0.1 divided by 10 at 32k and 48k, 4 pixels of padding, random crop
    /// and flip. Colours are normalised per channel; docs/paper-differences.md lists what differs from the paper.
    /// </summary>
    public static TrainingOptions PaperCifar10 { get; } = new()
    {
        Iterations = 64_000,
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = TransformChain.Cifar10,
    };

    /// <summary>For <see cref="SyntheticShapes"/>, the built-in pictures: four short epochs, learnt in about a minute.</summary>
    public static TrainingOptions Shapes { get; } = new()
    {
        Epochs = 4,
        BatchSize = 64,
        Schedule = new StepSchedule { WarmupIterations = 100 },
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = new TransformChain(new PadAndCrop { Padding = 2 }, new HorizontalFlip()),
    };

    /// <summary>
    /// For folders of small pictures and the CIFAR networks: 32×32 crops, 30 epochs with a short warm-up, and most of the run at
    /// the full rate, so that runs of a few epochs learn something too.
    /// </summary>
    public static TrainingOptions SmallPictures { get; } = new()
    {
        Epochs = 30,
        Schedule = new StepSchedule { WarmupIterations = 100, Milestones = [0.7, 0.9] },
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = TransformChain.Cifar10,
    };

    /// <summary>For folders of photos and the ImageNet networks: 224×224 centre crops and their mirror images, 90 epochs of 32 pictures.</summary>
    public static TrainingOptions Photos { get; } = new()
    {
        Epochs = 90,
        BatchSize = 32,
        LearningRate = 0.0125,
        Schedule = new StepSchedule { Milestones = [1.0 / 3, 2.0 / 3] },
        Preprocessing = Preprocessing.ImageNet,
        Augmentation = new TransformChain(new HorizontalFlip()),
    };
}
