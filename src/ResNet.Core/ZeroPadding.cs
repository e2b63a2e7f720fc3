namespace ResNet;

/// <summary>Where the zero channels of <see cref="ShortcutOption.A"/> go. The paper does not say; published weights differ.</summary>
public enum ZeroPadding
{
    /// <summary>After the existing channels (fb.resnet.torch).</summary>
    After,

    /// <summary>Half before and half after the existing channels (akamaster/pytorch_resnet_cifar10 and its descendants).</summary>
    Both,
}
