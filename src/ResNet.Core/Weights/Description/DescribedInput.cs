using System.Globalization;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>
/// Holds the preprocessing that a file or a configuration asks for against the network: a few kilobytes must not be able to ask for gigabytes of
/// feature maps.
/// </summary>
internal static class DescribedInput
{
    /// <summary>Values of the largest feature map of one image, all its views together: 128 MiB as float32. ResNet-50 has 0.8 million at 224x224.</summary>
    private const double MaxValues = 32 << 20;

    /// <summary>A whole image that is resized but not cropped goes through the network only where it is asked for.</summary>
    private const double MaxResizedValues = 4 * MaxValues;

    /// <summary>Gives the preprocessing back.</summary>
    /// <exception cref="FormatException">It asks for too much.</exception>
    public static Preprocessing Bounded(Preprocessing preprocessing, ResNetOptions options)
    {
        double crop = options.LargestFeatureMap(preprocessing.CropSize) * preprocessing.ViewCount;
        if (crop > MaxValues)
        {
            string size = preprocessing.CropSize.ToString(CultureInfo.InvariantCulture);
            string views = preprocessing.Crops == TestCrops.Ten ? "ten crops" : "a crop";
            throw Refused($"it asks for {views} of {size}x{size}", crop, MaxValues);
        }

        double resized = preprocessing.ResizeShorterSide is { } side ? options.LargestFeatureMap(side) : 0;
        return resized <= MaxResizedValues
            ? preprocessing
            : throw Refused($"it asks for images of {preprocessing.ResizeShorterSide?.ToString(CultureInfo.InvariantCulture)} pixels", resized, MaxResizedValues);
    }

    private static FormatException Refused(string what, double values, double most) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}, with which the largest feature map of one image takes {values * sizeof(float) / (1 << 20):F0} MiB in this network; at most {most * sizeof(float) / (1 << 20):F0} MiB are taken at a file's word"));
}
