using System.Globalization;
using ResNet.Analysis;
using ResNet.Imaging;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ResNet.Training;

/// <summary>
/// Responses of layers as the paper's Figure 7 shows them: standard deviations in the order of the layers above, and ranked by size below. Several
/// networks share the picture.
/// </summary>
public static class ResponseChart
{
    private const int Width = 1200;
    private const int Height = 480;
    private const int LeftMargin = 80;

    /// <summary>Up to here each layer has a dot.</summary>
    private const int MostDots = 60;
    private static readonly Color[] Series =
    [
        Color.FromHex("#3b7dd8"), Color.FromHex("#c8321f"), Color.FromHex("#2a8c4a"), Color.FromHex("#8a4fbf"), Color.FromHex("#d98410"), Color.FromHex("#444444"),
    ];

    /// <summary>Draws the chart.</summary>
    /// <param name="title">Stands above it, not empty; characters beyond ASCII show as boxes.</param>
    /// <param name="networks">Each network's name, for the legend, and the responses of its layers in order; one network or more. Values that are no
    /// numbers are left out.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentException">There is no network, or one has no layers.</exception>
    public static byte[] ToPng(string title, IReadOnlyList<(string Name, IReadOnlyList<LayerResponse> Layers)> networks)
    {
        using var culture = CultureScope.Invariant();
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(networks);
        if (networks.Count == 0 || networks.Any(network => network.Layers.Count == 0))
        {
            throw new ArgumentException("A chart of responses needs at least one network, and each network at least one layer.", nameof(networks));
        }

        ChartFont.EnsureKnown();
        var above = Draw(title, "layer", networks, layers => layers);
        var below = Draw(string.Empty, "rank of the layer", networks, layers => layers.OrderByDescending(value => value));
        return ImageEncoder.ToPng(ChartPicture.Stack(above, below));
    }

    private static RgbImage Draw(
        string title, string axis, IReadOnlyList<(string Name, IReadOnlyList<LayerResponse> Layers)> networks, Func<IEnumerable<double>, IEnumerable<double>> order)
    {
        using var plot = new Plot();
        double top = 0;
        int longest = 1;
        for (int i = 0; i < networks.Count; i++)
        {
            double[] values = [.. order(networks[i].Layers.Select(layer => layer.StandardDeviation))];
            double[] places = [.. Enumerable.Range(1, values.Length).Select(place => (double)place)];
            var finite = places.Zip(values).Where(point => double.IsFinite(point.Second)).ToList();
            var line = plot.Add.Scatter(finite.ConvertAll(point => point.First), finite.ConvertAll(point => point.Second), Series[i % Series.Length]);
            line.LegendText = networks[i].Name;
            line.LineWidth = 2;
            line.LinePattern = i < Series.Length ? LinePattern.Solid : LinePattern.Dashed;
            line.MarkerSize = values.Length <= MostDots ? 7 : 0;
            top = finite.Select(point => point.Second).Append(top).Max();
            longest = Math.Max(longest, values.Length);
        }

        plot.Axes.SetLimits(0.5, longest + 0.5, 0, top > 0 ? 1.08 * top : 1);
        Label(plot, title, axis);
        return ChartPicture.Of(plot, Width, Height);
    }

    private static void Label(Plot plot, string title, string axis)
    {
        plot.Axes.Bottom.TickGenerator = Ticks(integers: true);
        plot.Axes.Left.TickGenerator = Ticks(integers: false);
        plot.Axes.Left.MinimumSize = LeftMargin;
        plot.XLabel(axis, 18);
        plot.YLabel("standard deviation", 18);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        if (title.Length > 0)
        {
            plot.Title(title, 20);
            plot.Axes.Title.Label.Bold = false;
            AddLegend(plot);
        }
        else
        {
            plot.HideLegend();
        }

        plot.Font.Set(ChartFont.Name);
    }

    /// <summary>Above the upper plot alone: both have the same colours.</summary>
    private static void AddLegend(Plot plot)
    {
        plot.Legend.FontSize = 16;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Top);
    }

    private static NumericAutomatic Ticks(bool integers) => new()
    {
        IntegerTicksOnly = integers,
        LabelFormatter = value => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
