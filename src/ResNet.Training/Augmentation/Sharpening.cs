using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes sharpness, to the byte as torchvision does it with tensors of bytes.</summary>
internal static class Sharpening
{
    /// <summary>
    /// Mixes with a smoothed picture (3 x 3, the middle five times as heavy as its neighbours; pixels at the border with themselves): a factor of 0 gives
    /// that, 1 leaves a picture as it is, and above 1 the difference is exaggerated.
    /// </summary>
    public static void Apply(ImageCanvas canvas, double factor)
    {
        if (factor == 1 || canvas.Width <= 2 || canvas.Height <= 2)
        {
            return;
        }

        int stride = 3 * canvas.Width, height = canvas.Height;
        var (own, other) = ((float)factor, (float)(1 - factor));
        Span<byte> pixels = canvas.Replace(out ReadOnlySpan<byte> old);
        Border(old[..stride], pixels[..stride], own, other);
        for (int y = 1; y < height - 1; y++)
        {
            var row = old.Slice(y * stride, stride);
            var target = pixels.Slice(y * stride, stride);
            Border(row[..3], target[..3], own, other);
            Inside(old.Slice((y - 1) * stride, stride), row, old.Slice((y + 1) * stride, stride), target, own, other);
            Border(row[^3..], target[^3..], own, other);
        }

        Border(old[^stride..], pixels[^stride..], own, other);
    }

    // Mixed with itself, which in float32 is now and then one less.
    private static void Border(ReadOnlySpan<byte> old, Span<byte> target, float own, float other)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = ColorAdjustment.ToByte((own * old[i]) + (other * old[i]));
        }
    }

    private static void Inside(
        ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, ReadOnlySpan<byte> below, Span<byte> target, float own, float other)
    {
        for (int i = 3; i < target.Length - 3; i++)
        {
            int sum = above[i - 3] + above[i] + above[i + 3] + row[i - 3] + (5 * row[i]) + row[i + 3] + below[i - 3] + below[i] + below[i + 3];
            int smooth = ((2 * sum) + 13) / 26;
            target[i] = ColorAdjustment.ToByte((own * row[i]) + (other * smooth));
        }
    }
}
