using System.Text.Json;

namespace ResNet.Training.Tests;

public sealed class EpochScoresTests
{
    [Fact]
    public void The_mean_loss_counts_each_batch_by_its_weight()
    {
        var scores = new EpochScores();
        scores.Add(new BatchScores(Loss: 2, Correct: 3, Images: 4, LossWeight: 1));
        scores.Add(new BatchScores(Loss: 4, Correct: 1, Images: 4, LossWeight: 3));

        scores.MeanLoss().Should().Be(3.5);
        scores.Error().Should().Be(0.5);
    }

    [Fact]
    public void Batches_without_any_weight_have_no_loss()
    {
        var scores = new EpochScores();
        scores.Add(new BatchScores(Loss: 0, Correct: 1, Images: 4, LossWeight: 0));

        scores.MeanLoss().Should().Be(0);
    }

    [Fact]
    public void A_state_from_before_losses_had_weights_goes_on_with_one_an_image()
    {
        var scores = JsonSerializer.Deserialize<EpochScores>("""{"LossSum":6,"Wrong":1,"Images":3}""")!;
        scores.MeanLoss().Should().Be(2);

        scores.Add(new BatchScores(Loss: 4, Correct: 1, Images: 1, LossWeight: 1));

        scores.MeanLoss().Should().Be(2.5);
    }
}
