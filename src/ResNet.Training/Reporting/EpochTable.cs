using System.Globalization;
using System.Text;

namespace ResNet.Training;

/// <summary>The tables of a report: the best and the last figures, and the course of the run, shortened to what a page holds.</summary>
internal static class EpochTable
{
    private const int MostRows = 40;

    public static string Summary(IReadOnlyList<MetricPoint> points)
    {
        var text = new StringBuilder("| | epoch | iteration | training error | training loss | validation error | validation loss |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        if (Best(points) is { } best)
        {
            Append(text, "best", best);
        }

        Append(text, "last", points[^1]);
        return text.ToString();
    }

    public static string Course(IReadOnlyList<MetricPoint> points)
    {
        var text = new StringBuilder("| epoch | iteration | learning rate | training loss | training error | validation error | pictures a second | time |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        var best = Best(points);
        foreach (int row in Rows(points))
        {
            var point = points[row];
            string error = Percent(point.ValidationError);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {point.Epoch:N0} | {point.Iteration:N0} | {point.LearningRate:G4} | {point.TrainLoss:F4} | {Percent(point.TrainError)} | {(point == best ? $"**{error}**" : error)} | {point.ImagesPerSecond:N0} | {Time(point.Elapsed)} |\n");
        }

        return text.ToString();
    }

    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");

    /// <summary>The lowest validation error, among equal ones the lowest validation loss, among those the first: best.safetensors.</summary>
    private static MetricPoint? Best(IReadOnlyList<MetricPoint> points) =>
        points.Where(point => point.ValidationError is not null).OrderBy(point => point.ValidationError).ThenBy(point => point.ValidationLoss).FirstOrDefault();

    /// <summary>The first, the last and the best, what stands at either side of a drop of the rate, and others evenly between them.</summary>
    private static IEnumerable<int> Rows(IReadOnlyList<MetricPoint> points)
    {
        if (points.Count <= MostRows)
        {
            return Enumerable.Range(0, points.Count);
        }

        var best = Best(points);
        var drops = CurveData.Drops(points).Select(drop => drop.Iteration).ToHashSet();
        var special = Enumerable.Range(0, points.Count).Where(i => points[i] == best || drops.Contains(points[i].Iteration) || (i > 0 && drops.Contains(points[i - 1].Iteration)));
        int even = MostRows - 10;
        return Enumerable.Range(0, even).Select(i => (int)((long)i * (points.Count - 1) / (even - 1))).Concat(special).Distinct().Order();
    }

    private static void Append(StringBuilder text, string name, MetricPoint point) => text.Append(
        CultureInfo.InvariantCulture,
        $"| {name} | {point.Epoch:N0} | {point.Iteration:N0} | {Percent(point.TrainError)} | {point.TrainLoss:F4} | {Percent(point.ValidationError)} | {point.ValidationLoss:F4} |\n");

    private static string Percent(double? share) => share is { } number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2} %") : "-";
}
