namespace ResNet;

public sealed partial record ResNetOptions
{
    /// <summary>Side of the images that batch sizes are meant for.</summary>
    private const int UsualSide = 224;

    /// <summary>Values of the feature maps that a batch of larger images may have in any case: 256 MiB as float32.</summary>
    private const double FreeBatchValues = 64 << 20;

    /// <summary>Values of the largest feature map of one square image, the image itself included.</summary>
    /// <param name="side">Width and height in pixels.</param>
    internal double LargestFeatureMap(int side)
    {
        bool isImageNet = Stem == StemKind.ImageNet;
        double pixels = (double)side * side;
        double largest = Math.Max(InputChannels * pixels, BaseWidth * pixels / (isImageNet ? 4 : 1));
        double area = pixels / (isImageNet ? 16 : 1);
        for (int stage = 0; stage < BlocksPerStage.Count; stage++, area /= 4)
        {
            double width = Math.ScaleB(BaseWidth, stage);
            double inner = Block == BlockKind.Basic ? width : width * WidthPerGroup / 64 * Groups;
            double output = Block == BlockKind.Basic ? width : 4 * width;

            // Where the second convolution of a bottleneck strides, its first one sees what the stage before gave.
            double innerArea = stage > 0 && Block == BlockKind.Bottleneck && BottleneckStride == StridePlacement.Middle3x3 ? 4 * area : area;
            largest = Math.Max(largest, Math.Max(inner * innerArea, output * area));
        }

        return largest;
    }

    /// <summary>
    /// How many images go through the network at once, where so many were asked for: batch sizes are meant for images of 224x224, and of larger ones, which a file may ask
    /// for, as many are taken as have no more pixels, or as fit some memory.
    /// </summary>
    /// <param name="batchSize">How many were asked for.</param>
    /// <param name="side">Width and height in pixels.</param>
    internal int BatchSizeFor(int batchSize, int side)
    {
        if (side <= UsualSide)
        {
            return batchSize;
        }

        double ofArea = batchSize * Math.Pow((double)UsualSide / side, 2);
        return (int)Math.Clamp(Math.Max(ofArea, FreeBatchValues / LargestFeatureMap(side)), 1, batchSize);
    }
}
