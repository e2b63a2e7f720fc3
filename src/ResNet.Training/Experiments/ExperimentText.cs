using System.Globalization;
using System.Text;

namespace ResNet.Training;

/// <summary>The page of a study as Markdown: results beside the paper's, what they show, and what of it can be compared.</summary>
internal static class ExperimentText
{
    public static string Write(ExperimentSetup setup, IReadOnlyList<ExperimentResult> results, string curves, string responses)
    {
        var text = new StringBuilder();
        Line(text, $"# CIFAR-10: the paper's networks, trained here");
        Line(text, $"");
        Line(text, $"Section 4.2 of \"Deep Residual Learning for Image Recognition\", by one command, which goes on where it was stopped:");
        Line(text, $"");
        Line(text, $"```sh");
        Line(text, $"{VisibleText.Line(setup.Command)}");
        Line(text, $"```");
        Line(text, $"");
        if (results.Count < setup.NetworkCount)
        {
            Line(text, $"**{results.Count} of {setup.NetworkCount} networks are trained so far.**");
            Line(text, $"");
        }

        Line(text, $"## Test error");
        Line(text, $"");
        Line(text, $"| network | parameters | test error here | 95 % interval | Table 6 of the paper | training error at the end | validation error |");
        Line(text, $"| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var result in results)
        {
            Line(text, $"| {result.Experiment.Name} | {result.ParameterCount:N0} | {Percent(result.Test.Top1Error)} | {Interval(result)} | {Percent(result.Experiment.PaperTestError)} | {Percent(TrainErrorOf(result))} | {Percent(result.Training.ValidationTop1Error)} |");
        }

        Line(text, $"");
        Line(text, $"Each figure is of one run, of its last weights, on {results[0].Test.Images:N0} test pictures, each seen once as it is. The intervals (Wilson) tell what so");
        Line(text, $"few pictures leave open; another seed would move the figures further.");
        if (results.Max(result => result.Test.Faults.Count) is > 0 and var unreadable)
        {
            Line(text, $"{unreadable:N0} pictures could not be read and are left out.");
        }

        Line(text, $"");
        Line(text, $"## What it shows");
        Line(text, $"");
        foreach (string finding in ExperimentFindings.Of(results))
        {
            Line(text, $"- {finding}");
        }

        Line(text, $"");
        Line(text, $"![Errors against iterations]({curves})");
        Line(text, $"");
        Line(text, $"As the paper's Figure 6: the training error thin, as augmented, and the error on the pictures held out for validation bold. (The paper draws the test");
        Line(text, $"error; here the test pictures are looked at once, at the end.)");
        Line(text, $"");
        Line(text, $"![Standard deviations of layer responses]({responses})");
        Line(text, $"");
        Line(text, $"As the paper's Figure 7: standard deviation of each 3x3 layer's response, after batch normalisation and before the nonlinearity or addition.");
        Line(text, $"");
        Line(text, $"## What can be compared with the paper, and what not");
        Line(text, $"");
        foreach (string difference in Differences(setup, results))
        {
            Line(text, $"- {difference}");
        }

        return text.ToString();
    }

    internal static double TrainErrorOf(ExperimentResult result) => result.Training.History[^1].TrainError;

    internal static string Percent(double? share) => share is { } number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2} %") : "-";

    private static string Interval(ExperimentResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * result.Test.Top1Interval.Low:F2} to {100 * result.Test.Top1Interval.High:F2}");

    private static IEnumerable<string> Differences(ExperimentSetup setup, IReadOnlyList<ExperimentResult> results)
    {
        int iterations = setup.Training.Iterations!.Value;
        yield return iterations == ExperimentSetup.PaperIterations
            ? "**Schedule: the paper's.** 64,000 iterations, the rate divided by 10 at 32,000 and 48,000."
            : FormattableString.Invariant(
                $"**Schedule: scaled.** {iterations:N0} iterations instead of 64,000 ({(double)iterations / ExperimentSetup.PaperIterations:P1}), the rate divided by 10 at {iterations / 2:N0} and {3 * iterations / 4:N0}. The errors are therefore higher than the paper's, and its numbers are no goal here; the order of the networks and the shape of the curves can be compared.");
        yield return FormattableString.Invariant(
            $"**The same:** batches of {setup.Training.BatchSize}, rate {setup.Training.LearningRate}, momentum {setup.Training.Momentum} in Caffe's form, weight decay {setup.Training.WeightDecay}, He's initialisation, 4 pixels of padding with random crop and flip, {setup.TrainPictureCount:N0} pictures to train on and {setup.ValidationPictureCount:N0} held out (the paper: 45,000 and 5,000), test on the single 32x32 view.");
        if (setup.LossyFormat is { } format)
        {
            yield return $"**Pictures: {format}.** The published pictures are lossless; compression costs every network some of its accuracy.";
        }

        if (setup.Training.Preprocessing.Normalization.PixelMean is null)
        {
            yield return "**Normalisation: per channel,** where the paper subtracts a mean at each pixel.";
        }

        yield return "**Plain networks:** the paper draws them in Figure 6 and gives no numbers.";
        if (results.Any(result => result.Experiment.Options is { Residual: true, Shortcut: not ShortcutOption.A }))
        {
            yield return "**Shortcut options B and C:** the paper compares them on ImageNet (Table 3), not on CIFAR-10.";
        }

        string arithmetic = string.Join("; ", results.Select(result => result.Training.Arithmetic.BFloat16 ? "bfloat16" : "float32").Distinct());
        yield return Invariant($"**Arithmetic:** {arithmetic}; seed {setup.Training.Seed}; one run each.");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
