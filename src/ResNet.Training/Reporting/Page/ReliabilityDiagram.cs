using System.Globalization;
using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>
/// Accuracy against confidence as a drawing whose colours are the page's, light or dark; ScottPlot's have theirs written into them.
/// </summary>
internal static class ReliabilityDiagram
{
    private const int Side = 300, Left = 54, Top = 12, Gap = 34, BarHeight = 54;
    private const int Width = Left + Side + 16, Height = Top + Side + Gap + BarHeight + 42;

    public static XElement Create(Calibration calibration)
    {
        int all = calibration.Bins.Sum(bin => bin.Count);
        int most = Math.Max(1, calibration.Bins.Max(bin => bin.Count));
        return Tag(
            "svg",
            Set("viewBox", $"0 0 {Width} {Height}"),
            Set("role", "img"),
            Set("aria-labelledby", "diagram-title diagram-text"),
            Tag("title", Set("id", "diagram-title"), "Reliability diagram"),
            Tag("desc", Set("id", "diagram-text"), $"Accuracy of {Count(all)} pictures by the network's confidence; the table beside it has the numbers."),
            Enumerable.Range(0, 6).Select(i => Grid(0.2 * i)),
            calibration.Bins.Where(bin => bin.Count > 0).Select(Bar),
            Line(X(0), Y(0), X(1), Y(1), "ideal"),
            calibration.Bins.Where(bin => bin.Count > 0).Select(bin => Line(X(bin.Low) + 1, Y(bin.MeanConfidence!.Value), X(bin.High) - 1, Y(bin.MeanConfidence.Value), "mean")),
            calibration.Bins.Select(bin => Share(bin, most)),
            Label(X(0.5), Top + Side + Gap + BarHeight + 34, "middle", "confidence in %"),
            Label(Left, Top + Side + Gap - 8, "start", "pictures"),
            Tag("text", Set("transform", $"translate(13 {Text(Y(0.5))}) rotate(-90)"), Set("text-anchor", "middle"), "accuracy"));
    }

    private static object[] Grid(double at) =>
    [
        Line(Left, Y(at), Left + Side, Y(at), "grid"),
        Label(Left - 6, Y(at) + 4, "end", Invariant($"{100 * at:F0} %")),
        Label(X(at), Top + Side + Gap + BarHeight + 16, "middle", Invariant($"{100 * at:F0}")),
    ];

    private static XElement Bar(CalibrationBin bin) => Box(
        X(bin.Low) + 1, Y(bin.Accuracy!.Value), X(bin.High) - X(bin.Low) - 2, Y(0) - Y(bin.Accuracy.Value), "accuracy",
        $"{Percent(bin.Low)} to {Percent(bin.High)} sure: {Percent(bin.Accuracy)} of {Count(bin.Count)} pictures right, {Percent(bin.MeanConfidence)} sure on average");

    private static XElement Share(CalibrationBin bin, int most)
    {
        double height = (double)BarHeight * bin.Count / most;
        return Box(X(bin.Low) + 1, Top + Side + Gap + BarHeight - height, X(bin.High) - X(bin.Low) - 2, height, "share", $"{Count(bin.Count)} pictures");
    }

    private static XElement Box(double x, double y, double width, double height, string kind, string title) => Tag(
        "rect", Class(kind), Set("x", Text(x)), Set("y", Text(y)), Set("width", Text(width)), Set("height", Text(height)), Tag("title", title));

    private static XElement Line(double x1, double y1, double x2, double y2, string kind) =>
        Tag("line", Class(kind), Set("x1", Text(x1)), Set("y1", Text(y1)), Set("x2", Text(x2)), Set("y2", Text(y2)));

    private static XElement Label(double x, double y, string anchor, string text) =>
        Tag("text", Set("x", Text(x)), Set("y", Text(y)), Set("text-anchor", anchor), text);

    private static double X(double share) => Left + (Side * share);

    private static double Y(double share) => Top + (Side * (1 - share));

    private static string Text(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);
}
