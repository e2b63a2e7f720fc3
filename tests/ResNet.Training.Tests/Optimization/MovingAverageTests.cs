using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class MovingAverageTests
{
    [Fact]
    public void An_average_follows_the_weights_and_the_first_updates_forget_the_fresh_ones()
    {
        using var scope = torch.NewDisposeScope();
        var weights = torch.zeros(2);
        using var average = new MovingAverage(new WeightAverage { Decay = 0.5 }, weights);

        weights.fill_(11);
        average.AfterIteration(1);
        average.Averages[0][0].item<float>().Should().BeApproximately(11 * (1 - (2f / 11)), 1e-4f, "the first update keeps 2/11");

        for (int i = 2; i <= 40; i++)
        {
            average.AfterIteration(i);
        }

        average.Averages[0][0].item<float>().Should().BeApproximately(11, 1e-4f);
    }

    [Fact]
    public void It_is_updated_every_so_many_iterations()
    {
        using var scope = torch.NewDisposeScope();
        using var average = new MovingAverage(new WeightAverage { EveryIterations = 3 }, torch.zeros(1));

        foreach (int iteration in Enumerable.Range(1, 10))
        {
            average.AfterIteration(iteration);
        }

        average.Count.Should().Be(3);
    }

    [Fact]
    public void Exchanging_twice_changes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var weights = torch.ones(3);
        using var average = new MovingAverage(new WeightAverage(), weights);
        weights.fill_(5);

        average.Exchange();
        (weights[0].item<float>(), average.Averages[0][0].item<float>()).Should().Be((1, 5));
        average.Exchange();
        (weights[0].item<float>(), average.Averages[0][0].item<float>()).Should().Be((5, 1));
    }
}
