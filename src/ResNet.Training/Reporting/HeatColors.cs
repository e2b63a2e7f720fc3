namespace ResNet.Training;

/// <summary>
/// Colours for values from 0 to 1: from dark violet by red to light yellow. Equal steps of the value are equal steps to the eye, in the lightness too, so
/// that it reads the same printed in grey. The colours are computed in Oklab (Ottosson 2020), a space in which distances are what the eye sees.
/// </summary>
internal static class HeatColors
{
    private const int Count = 256;
    private const int FineCount = 4096;
    private static readonly (byte Red, byte Green, byte Blue)[] Table = Make();

    /// <summary>The colour of a value; values beyond 0 and 1 are taken for these.</summary>
    public static (byte Red, byte Green, byte Blue) Of(float value) => Table[(int)Math.Round(Math.Clamp(value, 0, 1) * (Count - 1))];

    /// <summary>Walks the way finely and takes points at equal distances on it.</summary>
    private static (byte Red, byte Green, byte Blue)[] Make()
    {
        var way = Array.ConvertAll([.. Enumerable.Range(0, FineCount)], i => At(i / (FineCount - 1.0)));
        double[] walked = new double[FineCount];
        for (int i = 1; i < FineCount; i++)
        {
            walked[i] = walked[i - 1] + Distance(way[i - 1], way[i]);
        }

        return Array.ConvertAll([.. Enumerable.Range(0, Count)], i =>
        {
            int place = Array.BinarySearch(walked, walked[^1] * i / (Count - 1));
            return ToBytes(way[Math.Min(place < 0 ? ~place : place, FineCount - 1)]);
        });
    }

    /// <summary>A point of the way in Oklab: lightness and hue grow evenly, and the chroma is as much as screens show, but no more than looks calm.</summary>
    private static (double L, double A, double B) At(double share)
    {
        double lightness = 0.18 + (0.78 * share);
        double hue = Math.Tau * (290 + (175 * share)) / 360;
        double low = 0, high = 0.04 + (0.16 * Math.Sin(Math.PI * Math.Min(1, share + 0.15)));
        for (int i = 0; i < 30 && !IsShown(Polar(lightness, high, hue)); i++)
        {
            double middle = (low + high) / 2;
            (low, high) = IsShown(Polar(lightness, middle, hue)) ? (middle, high) : (low, middle);
        }

        return Polar(lightness, IsShown(Polar(lightness, high, hue)) ? high : low, hue);
    }

    private static (double L, double A, double B) Polar(double lightness, double chroma, double hue) =>
        (lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));

    private static double Distance((double L, double A, double B) one, (double L, double A, double B) other) =>
        Math.Sqrt(Math.Pow(one.L - other.L, 2) + Math.Pow(one.A - other.A, 2) + Math.Pow(one.B - other.B, 2));

    private static bool IsShown((double L, double A, double B) color)
    {
        var (red, green, blue) = ToLinear(color);
        return Math.Min(red, Math.Min(green, blue)) >= 0 && Math.Max(red, Math.Max(green, blue)) <= 1;
    }

    /// <summary>Oklab's definition: to the responses of the eye's cones, and from these to linear sRGB.</summary>
    private static (double Red, double Green, double Blue) ToLinear((double L, double A, double B) color)
    {
        double l = Math.Pow(color.L + (0.3963377774 * color.A) + (0.2158037573 * color.B), 3);
        double m = Math.Pow(color.L - (0.1055613458 * color.A) - (0.0638541728 * color.B), 3);
        double s = Math.Pow(color.L - (0.0894841775 * color.A) - (1.2914855480 * color.B), 3);
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static (byte Red, byte Green, byte Blue) ToBytes((double L, double A, double B) color)
    {
        static byte Encode(double linear)
        {
            double value = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
            return (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
        }

        var (red, green, blue) = ToLinear(color);
        return (Encode(red), Encode(green), Encode(blue));
    }
}
