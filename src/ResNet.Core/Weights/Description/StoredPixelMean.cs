using System.Runtime.InteropServices;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary><see cref="PixelMean"/> as files hold it: its size, and its numbers as little-endian float32 in base64.</summary>
internal sealed record StoredPixelMean
{
    /// <summary>Networks see pictures of 224x224, few of more than this; a hostile file must not make a reader allocate much.</summary>
    public const int LargestSide = 384;

    /// <summary>The most characters that <see cref="Values"/> takes in JSON, which writes a plus sign as six: seldom more than a twelfth.</summary>
    public const int LongestText = LargestSide * LargestSide * sizeof(float) * 5;

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Values { get; init; }

    /// <exception cref="ArgumentException">The mean is larger than files hold.</exception>
    public static StoredPixelMean Of(PixelMean mean)
    {
        if (mean.Width > LargestSide || mean.Height > LargestSide)
        {
            throw new ArgumentException(
                Invariant($"The mean at each pixel is of {mean.Width}x{mean.Height}; files hold at most {LargestSide}x{LargestSide}. ")
                + "Give the means of the channels (Normalization.Mean) instead.",
                nameof(mean));
        }

        return new StoredPixelMean { Width = mean.Width, Height = mean.Height, Values = Convert.ToBase64String(MemoryMarshal.AsBytes(mean.Values.Span)) };
    }

    /// <exception cref="FormatException">The size is too large, or the text is not base64 of as many numbers.</exception>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public PixelMean ToPixelMean()
    {
        if (Width is < 1 or > LargestSide || Height is < 1 or > LargestSide)
        {
            throw new FormatException(Invariant($"pixelMean is {Width}x{Height}; 1x1 to {LargestSide}x{LargestSide} is read"));
        }

        byte[] bytes = Convert.FromBase64String(Values);
        if (bytes.Length != 3 * Width * Height * sizeof(float))
        {
            throw new FormatException(Invariant($"pixelMean is {Width}x{Height}, {3 * Width * Height * sizeof(float)} bytes, but its values have {bytes.Length}"));
        }

        return new PixelMean(Width, Height, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }
}
