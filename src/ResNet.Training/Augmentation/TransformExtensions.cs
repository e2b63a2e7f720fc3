using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Transforms on pictures that stay as they are.</summary>
public static class TransformExtensions
{
    /// <summary>Makes the changed picture.</summary>
    /// <param name="transform">The transform.</param>
    /// <param name="image">The picture. It is not written to.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>A new picture.</returns>
    public static RgbImage Apply(this ITransform transform, RgbImage image, Random random)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(random);
        var canvas = new ImageCanvas();
        canvas.Load(image);
        transform.Apply(canvas, random);
        return canvas.ToImage();
    }
}
