using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ResNet.Training;

/// <summary>Errors against iterations, as the paper's Figures 4 and 6 show them: the training error thin, the validation error bold, the drops of the rate marked.</summary>
internal static class CurveChart
{
    private const int Width = 1200;
    private const int Height = 750;
    private const int LeftMargin = 80;

    /// <summary>So much higher is the picture where rates are written at its top.</summary>
    private const double RoomForMarks = 1.1;

    /// <summary>Up to here each point has a dot: a run of one epoch is a point and no line.</summary>
    private const int MostDots = 40;
    private static readonly Color TrainingColor = Color.FromHex("#3b7dd8");
    private static readonly Color ValidationColor = Color.FromHex("#c8321f");
    private static readonly Color FaintColor = Color.FromHex("#707070");

    /// <summary>Draws the chart.</summary>
    /// <param name="title">Stands above it; characters beyond ASCII show as boxes.</param>
    /// <param name="points">The history, one point or more.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(string title, IReadOnlyList<MetricPoint> points)
    {
        using var culture = CultureScope.Invariant();
        ChartFont.EnsureKnown();
        using var plot = new Plot();
        var training = CurveData.Training(points);
        var validation = CurveData.Validation(points);
        var drops = CurveData.Drops(points);
        double top = CurveData.Top(training, validation) * (drops.Count > 0 ? RoomForMarks : 1);
        MarkDrops(plot, drops, top);
        AddCurve(plot, "training error", training, TrainingColor, 1.5f);
        if (validation.Iterations.Length > 0)
        {
            AddCurve(plot, "validation error", validation, ValidationColor, 3);
        }

        plot.Axes.SetLimits(0, 1.01 * points[^1].Iteration, 0, top);
        int unit = points[^1].Iteration >= 10_000 ? 1000 : 1;
        plot.Axes.Bottom.TickGenerator = Ticks(unit, integers: true);
        plot.Axes.Left.TickGenerator = Ticks(1, integers: false);
        plot.Axes.Left.MinimumSize = LeftMargin;
        plot.Title(title, 20);
        plot.XLabel(unit == 1 ? "iteration" : "iteration (thousands)", 18);
        plot.YLabel("error (%)", 18);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Legend.FontSize = 16;

        // Outside of the curves, where it can hide neither them nor the marks.
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Top);
        plot.Font.Set(ChartFont.Name);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void AddCurve(Plot plot, string name, (double[] Iterations, double[] Percents) curve, Color color, float width)
    {
        var line = plot.Add.Scatter(curve.Iterations, curve.Percents, color);
        line.LegendText = name;
        line.LineWidth = width;
        line.MarkerSize = curve.Iterations.Length <= MostDots ? 3 + (2 * width) : 0;
    }

    private static void MarkDrops(Plot plot, IReadOnlyList<(int Iteration, double LearningRate)> drops, double top)
    {
        foreach (var (iteration, rate) in drops)
        {
            var line = plot.Add.VerticalLine(iteration, 1, FaintColor, LinePattern.Dashed);
            line.EnableAutoscale = false;
            var label = plot.Add.Text($"rate {rate.ToString("G3", CultureInfo.InvariantCulture)}", iteration, 0.99 * top);
            label.LabelRotation = 90;
            label.LabelAlignment = Alignment.LowerLeft;
            label.LabelFontColor = FaintColor;
            label.LabelFontSize = 14;
        }
    }

    private static NumericAutomatic Ticks(int unit, bool integers) => new()
    {
        IntegerTicksOnly = integers,
        LabelFormatter = value => (value / unit).ToString("0.##", CultureInfo.InvariantCulture),
    };
}
