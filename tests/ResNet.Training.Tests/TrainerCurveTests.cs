namespace ResNet.Training.Tests;

/// <summary>The points of a run with long epochs.</summary>
public sealed class TrainerCurveTests
{
    // Epochs of 40 iterations, so that points of 10 iterations are worth it.
    private static readonly TrainingOptions Options = TinyNetwork.Options with { BatchSize = 2, Iterations = 95, LearningRate = 0.01, Schedule = new ConstantSchedule() };

    [Fact]
    public void Each_iteration_has_one_point_at_most_and_each_point_speaks_of_the_iterations_since_the_one_before()
    {
        var scores = new Dictionary<int, (double Loss, double Wrong)>();
        var watch = new ImmediateProgress<TrainingProgress>(at => scores[at.Iteration] = (at.TrainLoss, at.TrainError));
        using var model = TinyNetwork.Build(12);

        var history = new Trainer(model, Options).Fit(TinyNetwork.Shapes(80), TinyNetwork.Shapes(4, seed: 1), watch).History;

        history.Select(point => point.Iteration).Should().Equal(10, 20, 30, 40, 50, 60, 70, 80, 90, 95);
        history.Where(point => point.ValidationError is not null).Select(point => point.Iteration).Should().Equal(40, 80, 95);
        for (int i = 0; i < history.Count; i++)
        {
            // Progress tells the means of the epoch so far.
            int epochStart = (history[i].Epoch - 1) * 40, start = Math.Max(epochStart, i == 0 ? 0 : history[i - 1].Iteration), end = history[i].Iteration;
            double before = start == epochStart ? 0 : scores[start].Wrong * (start - epochStart);
            history[i].TrainError.Should().BeApproximately(((scores[end].Wrong * (end - epochStart)) - before) / (end - start), 1e-9);
            double lossBefore = start == epochStart ? 0 : scores[start].Loss * (start - epochStart);
            history[i].TrainLoss.Should().BeApproximately(((scores[end].Loss * (end - epochStart)) - lossBefore) / (end - start), 1e-9);
        }
    }

    [Fact]
    public void A_short_rest_of_an_epoch_has_no_point_of_its_own()
    {
        using var model = TinyNetwork.Build(12);

        var history = new Trainer(model, Options with { Iterations = 83 }).Fit(TinyNetwork.Shapes(84), null).History;

        history.Select(point => point.Iteration).Should().Equal([10, 20, 30, 42, 52, 62, 72, 83], "42 iterations an epoch leave rests of 2 and of 1");
    }
}
