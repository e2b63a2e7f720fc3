namespace ResNet.TestSupport;

/// <summary>The same values in another order in memory.</summary>
public static class Layouts
{
    /// <summary>N×C×H×W with the channels of a pixel beside each other.</summary>
    public static Tensor ChannelsLast(Tensor images)
    {
        using var moved = images.permute(0, 2, 3, 1);
        using var pixels = moved.contiguous();
        return pixels.permute(0, 3, 1, 2);
    }
}
