using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What <see cref="RandomErasing"/> paints: one colour, or noise about it.</summary>
public sealed record ErasingFill
{
    private readonly (byte Red, byte Green, byte Blue) _color;
    private readonly (float Red, float Green, float Blue) _deviation;

    private ErasingFill((byte Red, byte Green, byte Blue) color, (float Red, float Green, float Blue) deviation)
    {
        _color = color;
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
        return new ErasingFill(MeanOf(normalization), default);
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
        return new ErasingFill(
            MeanOf(normalization), (255 * normalization.StdDev[0], 255 * normalization.StdDev[1], 255 * normalization.StdDev[2]));
    }

    /// <summary>The colour, and the standard deviations of the noise, for people.</summary>
    /// <returns>Such as "124 116 104" or "124 116 104 +- 58.4 57.1 57.4".</returns>
    public override string ToString()
    {
        string color = $"{_color.Red} {_color.Green} {_color.Blue}";
        return IsNoise ? FormattableString.Invariant($"{color} +- {_deviation.Red:0.#} {_deviation.Green:0.#} {_deviation.Blue:0.#}") : color;
    }

    private bool IsNoise => _deviation != default;

    /// <summary>Paints a row of pixels.</summary>
    internal void Paint(Span<byte> row, Random random)
    {
        for (int i = 0; i <= row.Length - 3; i += 3)
        {
            (row[i], row[i + 1], row[i + 2]) = IsNoise
                ? (Noisy(_color.Red, _deviation.Red), Noisy(_color.Green, _deviation.Green), Noisy(_color.Blue, _deviation.Blue))
                : _color;
        }

        byte Noisy(byte mean, float deviation) => (byte)Math.Clamp(Math.Round(mean + (deviation * random.Normal()), MidpointRounding.ToEven), 0, 255);
    }

    private static (byte Red, byte Green, byte Blue) MeanOf(Normalization normalization) =>
        (ToByte(normalization.Mean[0]), ToByte(normalization.Mean[1]), ToByte(normalization.Mean[2]));

    private static byte ToByte(float mean) => (byte)Math.Clamp(MathF.Round(255 * mean, MidpointRounding.ToEven), 0, 255);
}
