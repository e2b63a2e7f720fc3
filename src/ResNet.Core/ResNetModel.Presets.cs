namespace ResNet;

public sealed partial class ResNetModel
{
    /// <summary>Builds ResNet-18 with option B and fresh weights.</summary>
    /// <param name="classCount">Classes to tell apart; default: 1000.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    public static ResNetModel ResNet18(int classCount = 1000, Device? device = null) =>
        new(ResNetOptions.ResNet18 with { ClassCount = classCount }, device);

    /// <summary>Builds ResNet-34 with option B and fresh weights.</summary>
    /// <param name="classCount">Classes to tell apart; default: 1000.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    public static ResNetModel ResNet34(int classCount = 1000, Device? device = null) =>
        new(ResNetOptions.ResNet34 with { ClassCount = classCount }, device);

    /// <summary>Builds ResNet-50 with option B, strides in the 3×3 convolutions, and fresh weights.</summary>
    /// <param name="classCount">Classes to tell apart; default: 1000.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    public static ResNetModel ResNet50(int classCount = 1000, Device? device = null) =>
        new(ResNetOptions.ResNet50 with { ClassCount = classCount }, device);

    /// <summary>Builds ResNet-101 with option B, strides in the 3×3 convolutions, and fresh weights.</summary>
    /// <param name="classCount">Classes to tell apart; default: 1000.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    public static ResNetModel ResNet101(int classCount = 1000, Device? device = null) =>
        new(ResNetOptions.ResNet101 with { ClassCount = classCount }, device);

    /// <summary>Builds ResNet-152 with option B, strides in the 3×3 convolutions, and fresh weights.</summary>
    /// <param name="classCount">Classes to tell apart; default: 1000.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    public static ResNetModel ResNet152(int classCount = 1000, Device? device = null) =>
        new(ResNetOptions.ResNet152 with { ClassCount = classCount }, device);

    /// <summary>Builds a network of section 4.2 for 32×32 pictures: basic blocks, option A, fresh weights.</summary>
    /// <param name="depth">6n+2: 20, 32, 44, 56, 110, 1202.</param>
    /// <param name="classCount">Classes to tell apart; default: 10.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <returns>The network, in training mode.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The depth is not 6n+2.</exception>
    public static ResNetModel CifarResNet(int depth, int classCount = 10, Device? device = null) =>
        new(ResNetOptions.Cifar(depth) with { ClassCount = classCount }, device);
}
