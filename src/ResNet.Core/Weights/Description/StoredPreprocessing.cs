using System.Text.Json.Serialization;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary><see cref="Preprocessing"/> as files hold it (format version 1).</summary>
internal sealed record StoredPreprocessing
{
    // Larger pictures are no network's input; a hostile file must not make the classifier allocate gigabytes.
    private const int LargestSide = 4096;

    public required int? ResizeShorterSide { get; init; }

    public required int CropSize { get; init; }

    public required string Filter { get; init; }

    public required IReadOnlyList<float> Mean { get; init; }

    public required IReadOnlyList<float> StdDev { get; init; }

    /// <summary>Null, and absent, where every pixel has the same mean.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoredPixelMean? PixelMean { get; init; }

    /// <summary>Null, and absent, for the centre crop.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Crops { get; init; }

    public static StoredPreprocessing Of(Preprocessing preprocessing) => new()
    {
        ResizeShorterSide = preprocessing.ResizeShorterSide,
        CropSize = preprocessing.CropSize,
        Filter = preprocessing.Filter.ToString(),
        Mean = preprocessing.Normalization.Mean,
        StdDev = preprocessing.Normalization.StdDev,
        PixelMean = preprocessing.Normalization.PixelMean is { } mean ? StoredPixelMean.Of(mean) : null,
        Crops = preprocessing.Crops == TestCrops.Center ? null : preprocessing.Crops.ToString(),
    };

    /// <exception cref="FormatException">A size is too large, or the filter is not known.</exception>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public Preprocessing ToPreprocessing()
    {
        if (CropSize > LargestSide || ResizeShorterSide > LargestSide)
        {
            throw new FormatException(Invariant($"cropSize is {CropSize} and resizeShorterSide is {ResizeShorterSide}; at most {LargestSide} is read"));
        }

        return new Preprocessing
        {
            ResizeShorterSide = ResizeShorterSide,
            CropSize = CropSize,
            Filter = StoredEnum.Parse<ResizeFilter>("filter", Filter),
            Normalization = new Normalization { Mean = Mean, StdDev = StdDev, PixelMean = PixelMean?.ToPixelMean() },
            Crops = Crops is null ? TestCrops.Center : StoredEnum.Parse<TestCrops>("crops", Crops),
        };
    }
}
