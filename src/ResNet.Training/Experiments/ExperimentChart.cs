using ResNet.Imaging;
using ScottPlot;

namespace ResNet.Training;

/// <summary>Errors against iterations as in the paper's Figure 6: plain networks at the left, residual ones at the right, on one scale.</summary>
internal static class ExperimentChart
{
    private const int Width = 750;
    private const int Height = 720;
    private const int LeftMargin = 80;

    /// <summary>Half of the last number stands beyond the axis.</summary>
    private const int RightMargin = 40;
    private static readonly Color[] Colors = [.. new[] { "#3b7dd8", "#c8321f", "#2c8a4b", "#8a4fbf", "#b7791f", "#4a5568" }.Select(hex => Color.FromHex(hex))];

    /// <summary>Draws the chart: the training error thin, the validation error bold, a colour a network.</summary>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(IReadOnlyList<ExperimentResult> results)
    {
        using var culture = CultureScope.Invariant();
        ChartFont.EnsureKnown();
        var panels = results.GroupBy(result => result.Experiment.Options.Residual).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        double top = CurveData.Top([.. results.Select(result => CurveData.Training(result.Training.History)), .. results.Select(result => CurveData.Validation(result.Training.History))]);
        return ImageEncoder.ToPng(ChartPicture.Beside(Array.ConvertAll(panels, panel => Draw(panel, top))));
    }

    private static RgbImage Draw(ExperimentResult[] results, double top)
    {
        using var plot = new Plot();
        for (int i = 0; i < results.Length; i++)
        {
            var history = results[i].Training.History;
            var color = Colors[i % Colors.Length];
            Add(plot, CurveData.Training(history), color, 1.2f);
            Add(plot, CurveData.Validation(history), color, 3).LegendText = results[i].Experiment.Name;
        }

        int last = results.Max(result => result.Training.Iterations);
        plot.Axes.SetLimits(0, 1.01 * last, 0, top);
        plot.Axes.Left.MinimumSize = LeftMargin;
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.Title(results[0].Experiment.Options.Residual ? "residual" : "plain", 20);
        plot.XLabel("iteration", 18);
        plot.YLabel("error (%)", 18);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Title.Label.Bold = plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Legend.FontSize = 16;
        plot.Legend.ShadowColor = ScottPlot.Colors.Transparent;
        plot.ShowLegend(Alignment.UpperRight);
        plot.Font.Set(ChartFont.Name);
        return ChartPicture.Of(plot, Width, Height);
    }

    private static ScottPlot.Plottables.Scatter Add(Plot plot, (double[] Iterations, double[] Percents) curve, Color color, float width)
    {
        var line = plot.Add.Scatter(curve.Iterations, curve.Percents, color);
        line.LineWidth = width;
        line.MarkerSize = curve.Iterations.Length == 1 ? 6 : 0;
        return line;
    }
}
