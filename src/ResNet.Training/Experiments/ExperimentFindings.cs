using System.Globalization;

namespace ResNet.Training;

/// <summary>What a study shows, in sentences that its numbers decide.</summary>
internal static class ExperimentFindings
{
    /// <summary>Beyond this, a difference is more than chance among the test pictures.</summary>
    private const double Significance = 0.05;

    public static IEnumerable<string> Of(IReadOnlyList<ExperimentResult> results)
    {
        foreach (var pair in results.GroupBy(result => result.Experiment.Options.Depth))
        {
            if (pair.FirstOrDefault(result => !result.Experiment.Options.Residual) is { } plain)
            {
                foreach (var residual in pair.Where(result => result.Experiment.Options.Residual))
                {
                    yield return Compare(residual, plain);
                }
            }
        }

        foreach (var family in results.GroupBy(result => (result.Experiment.Options.Residual, result.Experiment.Options.Shortcut)))
        {
            ExperimentResult[] byDepth = [.. family.OrderBy(result => result.Experiment.Options.Depth)];
            for (int i = 1; i < byDepth.Length; i++)
            {
                yield return $"{Compare(byDepth[i], byDepth[i - 1])} {Expectation(byDepth[i].Experiment)}";
            }
        }
    }

    private static string Expectation(CifarExperiment deeper) => deeper.Options.Residual
        ? "In the paper, deeper residual networks are better, up to 110 layers."
        : "In the paper, deeper plain networks are worse, in training too: the degradation that residual learning is the answer to.";

    /// <summary>Both answered the same pictures, so the difference is tested on the pictures that only one of them has right.</summary>
    private static string Compare(ExperimentResult a, ExperimentResult b)
    {
        var comparison = EvaluationComparison.Of(a.Test, b.Test);
        double points = 100 * (a.Test.Top1Error - b.Test.Top1Error);
        double training = 100 * (ExperimentText.TrainErrorOf(a) - ExperimentText.TrainErrorOf(b));
        string chance = comparison.PValue < Significance ? "more than chance among the test pictures explains" : "within what chance among the test pictures explains";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{a.Experiment.Name} has {Difference(points)} test error than {b.Experiment.Name}, {chance} (McNemar's test, p = {comparison.PValue:G2}), and {Difference(training)} training error.");
    }

    private static string Difference(double points) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(points):F2} points {(points < 0 ? "less" : "more")}");
}
