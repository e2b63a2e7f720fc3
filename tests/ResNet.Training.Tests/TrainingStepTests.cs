using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class TrainingStepTests : IDisposable
{
    private static readonly ComputePath Path = new() { ChannelsLast = false, BFloat16 = false, Reason = string.Empty };
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public static TheoryData<int, bool, double> WeightedCases
    {
        get
        {
            var cases = new TheoryData<int, bool, double>();
            foreach (int size in new[] { 1, 2, 3, 5, 8 })
            {
                cases.Add(size, false, 0);
                cases.Add(size, false, 0.1);
                cases.Add(size, true, 0);
                cases.Add(size, true, 0.1);
            }

            return cases;
        }
    }

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

    /// <summary>Against libtorch's own mean over the whole batch. At a size of 1 there are parts whose labels have a weight of 0.</summary>
    [Theory]
    [MemberData(nameof(WeightedCases))]
    public void Class_weights_give_the_same_gradients_at_every_micro_batch_size(int microBatchSize, bool mixed, double smoothing)
    {
        double[] weights = [1, 2, 0, 0.25];
        using var model = TinyNetwork.Build(4);
        model.eval();
        model.to(torch.float64);
        var options = TinyNetwork.Options with { MicroBatchSize = microBatchSize };
        using var optimizer = new MomentumSgd(model, options);
        using var loss = new TrainingLoss(smoothing, weights, torch.CPU);
        using var batch = NewBatch(mixed, torch.float64);
        var target = batch.ClassShares?.to(torch.float64) ?? batch.Labels;
        var whole = torch.nn.functional.cross_entropy(model.call(batch.Images), target, torch.tensor(weights), label_smoothing: smoothing);
        whole.backward();
        var expected = optimizer.Gradients.clone();
        optimizer.ZeroGradients();

        var scores = new TrainingStep(model, options, loss, Path).Backward(batch);

        scores.Loss.Should().BeApproximately(whole.item<double>(), 1e-12);
        (optimizer.Gradients - expected).norm().item<double>().Should().BeLessThan(1e-13 * expected.norm().item<double>());
    }

    [Fact]
    public void A_batch_whose_labels_all_have_a_weight_of_0_teaches_nothing()
    {
        using var model = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(model, TinyNetwork.Options);
        using var loss = new TrainingLoss(0.1, [0, 0, 0, 0], torch.CPU);
        using var batch = NewBatch();

        var scores = new TrainingStep(model, TinyNetwork.Options, loss, Path).Backward(batch);

        (scores.Loss, scores.LossWeight, scores.Images).Should().Be((0, 0, 8));
        optimizer.Gradients.abs().max().item<float>().Should().Be(0);
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

    private static Batch NewBatch(bool mixed = false, torch.ScalarType type = torch.ScalarType.Float32)
    {
        torch.random.manual_seed(5);
        var images = torch.randn(8, 3, 16, 16).to(type);
        var soft = mixed ? torch.rand(8, 4).softmax(1) : null;
        return new Batch(images, torch.tensor(new long[] { 0, 1, 2, 3, 3, 2, 1, 0 }), soft, [.. Enumerable.Range(0, 8)], new LoaderPosition(0, 1));
    }
}
