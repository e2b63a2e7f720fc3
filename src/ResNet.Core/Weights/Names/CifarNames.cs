namespace ResNet.Weights;

/// <summary>
/// Names of the CIFAR networks of akamaster/pytorch_resnet_cifar10 and kuangliu/pytorch-cifar: the classifier is <c>linear</c>, a
/// projection is <c>shortcut</c>. (chenyaofo/pytorch-cifar-models uses torchvision's.)
/// </summary>
internal static class CifarNames
{
    public static string? ToModel(string name)
    {
        if (name.StartsWith("linear.", StringComparison.Ordinal))
        {
            return string.Concat("fc.", name.AsSpan("linear.".Length));
        }

        return name.Replace(".shortcut.", ".downsample.", StringComparison.Ordinal);
    }
}
