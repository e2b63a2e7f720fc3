using ResNet.Imaging;

namespace ResNet.Training;

public sealed partial record TransformChain
{
    /// <summary>The paper's augmentation for CIFAR-10 (section 4.2): 4 pixels of padding, a random crop, and a flip of every other picture.</summary>
    public static TransformChain Cifar10 { get; } = new(new PadAndCrop(), new HorizontalFlip());

    /// <summary>
    /// The paper's augmentation for ImageNet (section 3.4): shorter side from 256 to 480, a random crop of 224, a flip of every other picture,
    /// and AlexNet's colours. The mean is subtracted by <see cref="Normalization"/>.
    /// </summary>
    public static TransformChain PaperImageNet { get; } = new(new ScaleJitter(), new RandomCrop(), new HorizontalFlip(), new PcaLighting());

    /// <summary>What torchvision's first ImageNet weights (V1) were trained with: a random resized crop of 224, and a flip.</summary>
    public static TransformChain ImageNet { get; } = new(new RandomResizedCrop(), new HorizontalFlip());

    /// <summary>
    /// What torchvision's second ImageNet weights (V2) were trained with, picture by picture: a random resized crop of 176, a flip of every
    /// other picture, TrivialAugment, and a rectangle erased from every tenth picture.
    /// </summary>
    public static TransformChain Modern { get; } = new(
        new RandomResizedCrop { Size = 176 }, new HorizontalFlip(), new TrivialAugmentWide(), new RandomErasing { Probability = 0.1 });
}
