namespace ResNet.Training;

/// <summary>What of a run's history is drawn: few enough points to be told apart, and the places where the learning rate dropped.</summary>
internal static class CurveData
{
    private const int MostPoints = 500;

    /// <summary>Share of the run after which the curves must fit the picture; before it, they fall from the height of guessing.</summary>
    private const double ShareOfStart = 0.05;

    /// <summary>Training error in percent against iterations. Neighbours of a long history are averaged, as a mini-batch alone is mostly noise.</summary>
    public static (double[] Iterations, double[] Percents) Training(IReadOnlyList<MetricPoint> points)
    {
        int each = (points.Count + MostPoints - 1) / MostPoints;
        double[] iterations = new double[(points.Count + each - 1) / each];
        double[] percents = new double[iterations.Length];
        for (int i = 0; i < iterations.Length; i++)
        {
            double wrong = 0;
            double weights = 0;
            int last = Math.Min((i + 1) * each, points.Count) - 1;
            for (int k = i * each; k <= last; k++)
            {
                double weight = points[k].Iteration - (k == 0 ? 0 : points[k - 1].Iteration);
                wrong += points[k].TrainError * weight;
                weights += weight;
            }

            iterations[i] = points[last].Iteration;
            percents[i] = 100 * wrong / weights;
        }

        return (iterations, percents);
    }

    /// <summary>Validation error in percent against iterations, where something was validated.</summary>
    public static (double[] Iterations, double[] Percents) Validation(IReadOnlyList<MetricPoint> points)
    {
        var validated = points.Where(point => point.ValidationError is not null).ToArray();
        return ([.. validated.Select(point => (double)point.Iteration)], [.. validated.Select(point => 100 * point.ValidationError!.Value)]);
    }

    /// <summary>
    /// Where the learning rate fell from one level to another, and the new rate. A rate that falls all the time, as that of a cosine does, has no such
    /// place.
    /// </summary>
    public static IReadOnlyList<(int Iteration, double LearningRate)> Drops(IReadOnlyList<MetricPoint> points)
    {
        List<(int Iteration, double LearningRate)> drops = [];
        for (int i = 1; i < points.Count; i++)
        {
            double before = points[i - 1].LearningRate;
            double after = points[i].LearningRate;
            bool levelBefore = i >= 2 && Same(points[i - 2].LearningRate, before);
            bool levelAfter = i + 1 < points.Count && Same(points[i + 1].LearningRate, after);
            if (after < 0.8 * before && (levelBefore || levelAfter))
            {
                drops.Add((points[i - 1].Iteration, after));
            }
        }

        return drops;
    }

    /// <summary>The height of the picture in percent, such that the curves fill it from a twentieth of the run on.</summary>
    public static double Top(params IReadOnlyList<(double[] Iterations, double[] Percents)> curves)
    {
        double start = ShareOfStart * curves.Max(curve => curve.Iterations.LastOrDefault());
        double highest = curves.Max(curve => curve.Iterations.Zip(curve.Percents).Where(point => point.First >= start).Max(point => (double?)point.Second) ?? 0);
        return Math.Clamp(1.08 * highest, 1, 102);
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));
}
