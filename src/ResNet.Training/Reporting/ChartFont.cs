using System.Runtime.CompilerServices;
using ScottPlot;
using SkiaSharp;

namespace ResNet.Training;

/// <summary>The letters of charts: a part of DejaVu Sans that the library carries, since a machine without a screen often has no fonts.</summary>
internal sealed class ChartFont : IFontResolver
{
    // A name that no installed font has, so that charts look the same everywhere.
    public const string Name = "ResNet.Training DejaVu Sans";
    private static readonly byte[] Letters = ReadLetters();

    private ChartFont()
    {
    }

    /// <summary>Tells ScottPlot of the font; its list belongs to the process, so once is enough.</summary>
    public static void EnsureKnown() => RuntimeHelpers.RunClassConstructor(typeof(Registration).TypeHandle);

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
    {
        if (fontName != Name)
        {
            return null;
        }

        using var data = SKData.CreateCopy(Letters);
        return SKTypeface.FromData(data);
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static byte[] ReadLetters()
    {
        using var stream = typeof(ChartFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static class Registration
    {
        static Registration() => Fonts.FontResolvers.Add(new ChartFont());
    }
}
