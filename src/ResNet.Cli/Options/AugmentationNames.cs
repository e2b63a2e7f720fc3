using ResNet.Training;

namespace ResNet.Cli;

/// <summary>Augmentations by name. More are added here, and nowhere else.</summary>
internal static class AugmentationNames
{
    public const string Default = "cifar10";

    private static readonly (string Name, Func<ITransform?> Create)[] All =
    [
        ("none", static () => null),
        (Default, static () => TransformChain.Cifar10),
        ("paper", static () => TransformChain.PaperImageNet),
        ("imagenet", static () => TransformChain.ImageNet),
        ("modern", static () => TransformChain.Modern),
    ];

    public static string[] Names => [.. All.Select(item => item.Name)];

    public static ITransform? Find(string name) => All.First(item => item.Name == name).Create();
}
