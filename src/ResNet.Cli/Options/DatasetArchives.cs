using ResNet.Downloading;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>Data sets that <c>resnet download</c> fetches, as they are published: one archive each.</summary>
internal static class DatasetArchives
{
    public static IReadOnlyList<(string Name, string Content, DownloadRequest Request)> All { get; } =
    [
        ("cifar10", "60,000 pictures of 32x32 in 10 classes", Cifar10.Archive),
        ("cifar100", "60,000 pictures of 32x32 in 100 classes", Cifar100.Archive),
    ];

    public static DownloadRequest? Find(string? name) =>
        All.FirstOrDefault(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Request;
}
