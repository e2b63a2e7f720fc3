using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class TrainingStepTests : IDisposable
{
    private static readonly ComputePath Path = new() { ChannelsLast = false, BFloat16 = false, Reason = string.Empty };
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Batch normalisation in evaluation mode: in training mode it would see the part instead of the batch, which is what the option is for.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_gradients_of_the_parts_of_a_batch_add_up_to_those_of_the_batch(int microBatchSize)
    {
        var (whole, wholeScores) = GradientsOf(microBatchSize: null, isTraining: false);
        var (parts, partScores) = GradientsOf(microBatchSize, isTraining: false);

        (parts - whole).norm().item<float>().Should().BeLessThan(1e-5f * whole.norm().item<float>());
        partScores.Loss.Should().BeApproximately(wholeScores.Loss, 1e-6);
        (partScores.Correct, partScores.Images).Should().Be((wholeScores.Correct, wholeScores.Images));
    }

    [Fact]
    public void Batch_normalisation_sees_the_part()
    {
        var (whole, _) = GradientsOf(microBatchSize: null, isTraining: true);
        var (parts, _) = GradientsOf(microBatchSize: 4, isTraining: true);

        (parts - whole).norm().item<float>().Should().BeGreaterThan(0.01f * whole.norm().item<float>());
    }

    [Fact]
    public void Parts_leave_no_tensor_behind()
    {
        using var model = TinyNetwork.Build(4);
        var options = TinyNetwork.Options with { MicroBatchSize = 3 };
        using var optimizer = new MomentumSgd(model, options);
        using var loss = new TrainingLoss(0, null, torch.CPU);
        var step = new TrainingStep(model, options, loss, Path);
        using var batch = NewBatch();
        _ = step.Backward(batch);

        LiveTensors.ShouldBeLeftBy(() => step.Backward(batch), 0);
    }

    private static (Tensor Gradients, BatchScores Scores) GradientsOf(int? microBatchSize, bool isTraining)
    {
        using var model = TinyNetwork.Build(4);
        model.train(isTraining);
        var options = TinyNetwork.Options with { MicroBatchSize = microBatchSize };
        using var optimizer = new MomentumSgd(model, options);
        using var loss = new TrainingLoss(0, null, torch.CPU);
        using var batch = NewBatch();
        var scores = new TrainingStep(model, options, loss, Path).Backward(batch);
        return (optimizer.Gradients.clone(), scores);
    }

    private static Batch NewBatch()
    {
        torch.random.manual_seed(5);
        return new Batch(torch.randn(8, 3, 16, 16), torch.tensor(new long[] { 0, 1, 2, 3, 3, 2, 1, 0 }), null, [.. Enumerable.Range(0, 8)], new LoaderPosition(0, 1));
    }
}
