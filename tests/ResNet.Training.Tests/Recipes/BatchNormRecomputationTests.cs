using ResNet.Imaging;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Training.Tests;

public sealed class BatchNormRecomputationTests
{
    private readonly SyntheticShapes _shapes = TinyNetwork.Shapes(40);

    [Fact]
    public void Statistics_are_plain_averages_over_the_batches()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        var loader = Loader(16);

        int taken = BatchNormRecomputation.Run(model, loader, 40);

        taken.Should().Be(40);
        var (mean, variance) = ByHand(model, loader, batchCount: 3);
        BatchNorm2d first = FirstLayer(model);
        first.running_mean!.data<float>().ToArray().Should().Equal(mean, IsClose);
        first.running_var!.data<float>().ToArray().Should().Equal(variance, IsClose);
    }

    [Fact]
    public void It_takes_no_more_batches_than_the_pictures_need()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        var loader = Loader(16);

        BatchNormRecomputation.Run(model, loader, 17).Should().Be(32);

        var (mean, _) = ByHand(model, loader, batchCount: 2);
        FirstLayer(model).running_mean!.data<float>().ToArray().Should().Equal(mean, IsClose);
    }

    [Fact]
    public void A_batch_of_one_value_a_channel_is_left_out()
    {
        using var model = SmallMaps();

        BatchNormRecomputation.Run(model, Loader(13), 40).Should().Be(39, "the fourth batch is a single picture");

        model.state_dict()["layer4.0.bn1.running_var"].isfinite().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Where_every_batch_is_such_a_one_it_is_refused_and_everything_stays()
    {
        using var model = SmallMaps();
        var before = Copy(model);

        FluentActions.Invoking(() => BatchNormRecomputation.Run(model, Loader(1), 40)).Should().Throw<InvalidOperationException>().WithMessage("Expected more than 1 value per channel*");

        Changed(before, Copy(model)).Should().BeEmpty();
    }

    [Fact]
    public void Statistics_that_are_not_finite_are_refused_and_everything_stays()
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        using (torch.no_grad())
        {
            model.state_dict()["conv1.weight"].fill_(1e30f);
        }

        var before = Copy(model);

        FluentActions.Invoking(() => BatchNormRecomputation.Run(model, Loader(16), 40)).Should().Throw<InvalidOperationException>().WithMessage("*not finite*");

        Changed(before, Copy(model)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_the_statistics_change(bool training)
    {
        using var model = TinyNetwork.Build(_shapes.Labels.Count);
        model.train(training);
        var before = Copy(model);

        LiveTensors.ShouldBeLeftBy(() => BatchNormRecomputation.Run(model, Loader(20), 40), 0);

        Changed(before, Copy(model)).Should().NotBeEmpty()
            .And.OnlyContain(name => name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal));
        model.modules().Should().OnlyContain(module => module.training == training);
        model.modules().OfType<BatchNorm2d>().Should().OnlyContain(layer => layer.momentum == 0.1);
    }

    [Fact]
    public void Stopped_midway_it_leaves_everything_as_it_was()
    {
        using var stop = new CancellationTokenSource();
        using var model = TinyNetwork.Build(2);
        var before = Copy(model);
        var dataset = new TinyDataset(64, index =>
        {
            if (index == 40)
            {
                stop.Cancel();
            }

            return TinyDataset.Picture(index, 32, 32);
        });
        var loader = new BatchLoader(dataset, new LoaderOptions { BatchSize = 4, WorkerCount = 1, Normalization = Normalization.Cifar10 });

        FluentActions.Invoking(() => BatchNormRecomputation.Run(model, loader, 64, cancellationToken: stop.Token)).Should().Throw<OperationCanceledException>();

        Changed(before, Copy(model)).Should().BeEmpty();
        model.modules().OfType<BatchNorm2d>().Should().OnlyContain(layer => layer.momentum == 0.1);
    }

    private ResNetModel SmallMaps() =>
        new(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1, 1], BaseWidth = 4, ClassCount = _shapes.Labels.Count });

    private static BatchNorm2d FirstLayer(ResNetModel model) => model.modules().OfType<BatchNorm2d>().First();

    /// <summary>What the first layer sees is the first convolution of the pictures, so its statistics can be computed in double from scratch.</summary>
    private static (float[] Mean, float[] Variance) ByHand(ResNetModel model, BatchLoader loader, int batchCount)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var weight = model.state_dict()["conv1.weight"].to(torch.float64);
        var means = new List<Tensor>();
        var variances = new List<Tensor>();
        foreach (var batch in loader.Epoch(0).Take(batchCount))
        {
            using (batch)
            {
                var maps = torch.nn.functional.conv2d(batch.Images.to(torch.float64), weight, padding: [1, 1]);
                means.Add(maps.mean([0, 2, 3]));
                variances.Add(maps.@var([0, 2, 3], unbiased: true));
            }
        }

        return (Averaged(means), Averaged(variances));
    }

    /// <summary>By hand it is double precision; a layer adds up some ten thousand numbers in float32, in the order of its layout.</summary>
    private static bool IsClose(float found, float expected) => Math.Abs(found - expected) < 1e-5 * Math.Max(1, Math.Abs(expected));

    private static float[] Averaged(List<Tensor> values) => torch.stack(values).mean([0]).to(torch.float32).data<float>().ToArray();

    private static Dictionary<string, byte[]> Copy(ResNetModel model) =>
        model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.bytes.ToArray(), StringComparer.Ordinal);

    private static List<string> Changed(Dictionary<string, byte[]> before, Dictionary<string, byte[]> after) =>
        [.. before.Where(entry => !entry.Value.SequenceEqual(after[entry.Key])).Select(entry => entry.Key)];

    private BatchLoader Loader(int batchSize) =>
        new(_shapes, new LoaderOptions { BatchSize = batchSize, WorkerCount = 1, Shuffle = true, Normalization = Normalization.Cifar10 });
}
