using ResNet.Imaging;
using SkiaSharp;

namespace ResNet.Training.Tests;

public sealed class CurveChartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(3000)]
    public void A_history_of_any_length_makes_a_picture(int count)
    {
        var image = Draw(Histories.Points(count));

        (image.Width, image.Height).Should().Be((1200, 750));
        Count(image, ColorOfTraining).Should().BePositive();
        Count(image, ColorOfValidation).Should().BePositive();
    }

    [Fact]
    public void Without_validations_there_is_one_curve()
    {
        var image = Draw([.. Histories.Points(8).Select(point => point with { ValidationError = null })]);

        Count(image, ColorOfTraining).Should().BePositive();
        Count(image, ColorOfValidation).Should().Be(0);
    }

    [Fact]
    public void A_drop_of_the_rate_is_marked()
    {
        var points = Histories.Points(8);
        var image = Draw(points);
        var level = Draw([.. points.Select(point => point with { LearningRate = 0.1 })]);

        // The line is dashed and grey, and may fall between two columns of pixels.
        Greys(image).Should().BeGreaterThan(Greys(level) + 200);
    }

    [Fact]
    public void Letters_come_from_the_library_itself()
    {
        ChartFont.EnsureKnown();

        // ScottPlot keeps it; whoever disposed it would take it from every chart to come.
        var typeface = ScottPlot.Fonts.GetTypeface(ChartFont.Name, ScottPlot.FontWeight.Normal, ScottPlot.FontSlant.Upright, ScottPlot.FontSpacing.Normal);

        typeface.FamilyName.Should().Be("DejaVu Sans");
        typeface.GlyphCount.Should().BeLessThan(200, "it is the part that is carried along, not one of the machine's");
        typeface.ContainsGlyphs(string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(i => (char)i))).Should().BeTrue();
    }

    private static readonly SKColor ColorOfTraining = SKColor.Parse("#3b7dd8");
    private static readonly SKColor ColorOfValidation = SKColor.Parse("#c8321f");

    private static RgbImage Draw(IReadOnlyList<MetricPoint> points) => ImageDecoder.Decode(CurveChart.ToPng("ResNet-20", points), "curves.png");

    private static int Count(RgbImage image, SKColor color) =>
        image.Pixels.Chunk(3).Count(pixel => (pixel[0], pixel[1], pixel[2]) == (color.Red, color.Green, color.Blue));

    private static int Greys(RgbImage image) =>
        image.Pixels.Chunk(3).Count(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2] && pixel[0] is > 0x60 and < 0xD0);
}
