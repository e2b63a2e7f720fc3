namespace ResNet.Training;

/// <summary>How large a picture is.</summary>
/// <param name="Width">Width in pixels, at least 1.</param>
/// <param name="Height">Height in pixels, at least 1.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>For people.</summary>
    /// <returns>Such as "500x375".</returns>
    public override string ToString() => $"{Width}x{Height}";
}
