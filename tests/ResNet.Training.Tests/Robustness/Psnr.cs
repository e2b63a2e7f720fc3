using ResNet.Imaging;

namespace ResNet.Training.Tests.Robustness;

/// <summary>How far a picture is from another one.</summary>
internal static class Psnr
{
    /// <summary>The peak signal-to-noise ratio in decibels; infinite for equal pictures.</summary>
    public static double Of(RgbImage one, RgbImage other) =>
        10 * Math.Log10(255 * 255 / one.Pixels.Zip(other.Pixels, (a, b) => (double)(a - b) * (a - b)).Average());
}
