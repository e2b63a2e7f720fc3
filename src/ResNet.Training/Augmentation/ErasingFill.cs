using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What <see cref="RandomErasing"/> paints: one colour, or noise about it.</summary>
public sealed record ErasingFill
{
    // For bytes; those of noise are not rounded.
    private readonly (float Red, float Green, float Blue) _mean;
    private readonly (float Red, float Green, float Blue) _deviation;

    private ErasingFill((float Red, float Green, float Blue) mean, (float Red, float Green, float Blue) deviation)
    {
        _mean = mean;
        _deviation = deviation;
    }

    /// <summary>Black before normalization.</summary>
    public static ErasingFill Black { get; } = Color(0, 0, 0);

    /// <summary>A colour.</summary>
    /// <param name="red">Red, 0 to 255.</param>
    /// <param name="green">Green, 0 to 255.</param>
    /// <param name="blue">Blue, 0 to 255.</param>
    /// <returns>A fill of that colour.</returns>
    public static ErasingFill Color(byte red, byte green, byte blue) => new((red, green, blue), default);

    /// <summary>The mean colour, which normalization makes 0 (up to rounding to bytes): torchvision's <c>value=0</c>.</summary>
    /// <param name="normalization">Whose means; of a <see cref="PixelMean"/> those of its channels.</param>
    /// <returns>A fill of that colour.</returns>
    public static ErasingFill Mean(Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        var (red, green, blue) = ForBytes(normalization.Mean);
        return Color(ToByte(red), ToByte(green), ToByte(blue));
    }

    /// <summary>
    /// Noise that normalization makes normal with mean 0 and standard deviation 1, apart from rounding and clamping to bytes: torchvision's
    /// <c>value="random"</c>.
    /// </summary>
    /// <param name="normalization">Whose means and standard deviations.</param>
    /// <returns>A fill of such noise, drawn for each byte.</returns>
    public static ErasingFill Noise(Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return new ErasingFill(ForBytes(normalization.Mean), ForBytes(normalization.StdDev));
    }

    /// <summary>The colour, and the standard deviations of the noise, for people.</summary>
    /// <returns>Such as "124 116 104" or "124 116 104 +- 58.4 57.1 57.4".</returns>
    public override string ToString()
    {
        string mean = Invariant($"{_mean.Red:0} {_mean.Green:0} {_mean.Blue:0}");
        return IsNoise ? Invariant($"{mean} +- {_deviation.Red:0.#} {_deviation.Green:0.#} {_deviation.Blue:0.#}") : mean;
    }

    private bool IsNoise => _deviation != default;

    /// <summary>Paints a row of pixels.</summary>
    internal void Paint(Span<byte> row, Random random)
    {
        var (red, green, blue) = (ToByte(_mean.Red), ToByte(_mean.Green), ToByte(_mean.Blue));
        for (int i = 0; i <= row.Length - 3; i += 3)
        {
            (row[i], row[i + 1], row[i + 2]) = IsNoise
                ? (Noisy(_mean.Red, _deviation.Red), Noisy(_mean.Green, _deviation.Green), Noisy(_mean.Blue, _deviation.Blue))
                : (red, green, blue);
        }

        byte Noisy(float mean, float deviation) => ToByte(mean + (deviation * random.Normal()));
    }

    private static (float Red, float Green, float Blue) ForBytes(IReadOnlyList<float> numbers) =>
        (255 * numbers[0], 255 * numbers[1], 255 * numbers[2]);

    private static byte ToByte(double value) => (byte)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), 0, 255);
}
