using TorchSharp;

namespace ResNet;

public sealed partial class ResNetModel
{
    /// <summary>
    /// Looks at pictures larger than a crop, fully convolutionally (3.4): an average pool of one crop's last map moves over theirs by steps of 1,
    /// and the classifier judges each position, as a 1×1 convolution. Softmax belongs to each position, before their average.
    /// </summary>
    /// <param name="images">N×C×H×W, normalised as the weights expect.</param>
    /// <param name="poolSize">
    /// Width and height of the pool, 1 or more: <see cref="ResNetOptions.LastMapSize"/> of the crops that the network was trained on, such as 7 for
    /// 224. Where the last map is as large, the one position has the logits of <see cref="forward"/>.
    /// </param>
    /// <returns>N×classes×H'×W' logits, H' and W' being the sides of the last map less <paramref name="poolSize"/> - 1; the caller disposes them.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="poolSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The last map is smaller than the pool.</exception>
    public Tensor ForwardPositions(Tensor images, int poolSize)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(poolSize, 1);
        EnsureRoom(images, poolSize);
        using var scope = torch.NewDisposeScope();
        var pooled = torch.nn.functional.avg_pool2d(LastMap(images), kernel_size: poolSize, stride: 1);

        // The same product as a 1×1 convolution's, which has no right kernel for every layout on every machine.
        return _classifier.call(pooled.permute(0, 2, 3, 1)).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    private void EnsureRoom(Tensor images, int poolSize)
    {
        if (images.dim() != 4)
        {
            throw new ArgumentException($"Pictures are N×C×H×W, but the tensor is {string.Join('×', images.shape)}.", nameof(images));
        }

        int height = (int)images.shape[2], width = (int)images.shape[3];
        int rows = Options.LastMapSize(height), columns = Options.LastMapSize(width);
        if (Math.Min(rows, columns) < poolSize)
        {
            throw new ArgumentException(
                $"The last map of pictures of {width}x{height} is {columns}x{rows}, smaller than the pool of {poolSize}x{poolSize}; "
                + "give larger pictures or a smaller pool.",
                nameof(images));
        }
    }
}
