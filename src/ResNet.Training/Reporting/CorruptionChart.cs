using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ResNet.Training;

/// <summary>Top-1 error against severity, a curve for each corruption, all beginning at the error of the pictures as they are.</summary>
internal static class CorruptionChart
{
    private const int Width = 1200;
    private const int Height = 750;
    private const int LeftMargin = 80;

    /// <summary>Of one family, one colour from dark to light, and shapes that tell its members apart.</summary>
    private static readonly Dictionary<CorruptionKind, (string Color, MarkerShape Shape)> Looks = new()
    {
        [CorruptionKind.GaussianNoise] = ("#7f1d1d", MarkerShape.FilledCircle),
        [CorruptionKind.ShotNoise] = ("#c8321f", MarkerShape.FilledSquare),
        [CorruptionKind.ImpulseNoise] = ("#e8743b", MarkerShape.FilledTriangleUp),
        [CorruptionKind.SpeckleNoise] = ("#f2a65e", MarkerShape.FilledDiamond),
        [CorruptionKind.GaussianBlur] = ("#1b3a7a", MarkerShape.FilledCircle),
        [CorruptionKind.DefocusBlur] = ("#3b7dd8", MarkerShape.FilledSquare),
        [CorruptionKind.MotionBlur] = ("#74b3e8", MarkerShape.FilledTriangleUp),
        [CorruptionKind.Brightness] = ("#1e6b3a", MarkerShape.FilledCircle),
        [CorruptionKind.Contrast] = ("#5aa856", MarkerShape.FilledSquare),
        [CorruptionKind.Pixelate] = ("#6b3fa0", MarkerShape.FilledCircle),
        [CorruptionKind.Jpeg] = ("#b07cc6", MarkerShape.FilledSquare),
    };

    /// <summary>Draws the chart.</summary>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(RobustnessReport report)
    {
        using var culture = CultureScope.Invariant();
        ChartFont.EnsureKnown();
        using var plot = new Plot();
        int[] severities = [.. report.Severities.Order()];
        foreach (var kind in report.Kinds)
        {
            var (color, shape) = Looks[kind];
            double[] errors = [100 * report.Clean.Top1Error, .. severities.Select(severity => 100 * report.Result(kind, severity).Top1Error)];
            var line = plot.Add.Scatter([0, .. severities.Select(severity => (double)severity)], errors, Color.FromHex(color));
            line.LegendText = CorruptionNames.Of(kind);
            line.LineWidth = 2;
            line.MarkerShape = shape;
            line.MarkerSize = 9;
        }

        double highest = Math.Max(report.Clean.Top1Error, report.Results.Max(result => result.Top1Error));
        plot.Axes.SetLimits(-0.1, Corruption.SeverityCount + 0.1, 0, Math.Clamp(108 * highest, 1, 102));
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. Enumerable.Range(0, Corruption.SeverityCount + 1).Select(i => (double)i)], ["clean", "1", "2", "3", "4", "5"]);
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.ToString("0.##", CultureInfo.InvariantCulture) };
        plot.Axes.Left.MinimumSize = LeftMargin;
        plot.Title($"Error under corruption: mean {(100 * report.MeanCorruptionError).ToString("F2", CultureInfo.InvariantCulture)} %", 20);
        plot.XLabel("severity", 18);
        plot.YLabel("top-1 error (%)", 18);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Legend.FontSize = 16;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Right);
        plot.Font.Set(ChartFont.Name);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }
}
