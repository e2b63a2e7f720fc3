using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests;

public sealed class LeakTests
{
    private static readonly string[] Names =
        ["resnet18", "resnet50", "resnet50-v1", "resnet34-a", "resnet34-c", "resnet50-preact", "resnet20-cifar-a", "resnet20-cifar-a-preact"];

    public static IEnumerable<object[]> Networks { get; } = [.. Names.SelectMany(name => new[] { new object[] { name, false }, [name, true] })];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_forward_leaves_exactly_one_tensor(string name, bool training)
    {
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        model.train(training);
        using var images = torch.randn(2, 3, 64, 64);
        Tensor? logits = null;
        LiveTensors.ShouldBeLeftBy(() => logits = model.call(images), 1);
        logits!.Dispose();
        LiveTensors.ShouldBeLeftBy(() => logits = model.ForwardFeatures(images), 1);
        logits.Dispose();
    }

    [Theory]
    [InlineData("resnet18", 4)]
    [InlineData("resnet18-preact", 4)]
    [InlineData("resnet20-cifar-a", 3)]
    public void ForwardStages_leaves_one_tensor_a_stage(string name, int stages)
    {
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        using var images = torch.randn(2, 3, 64, 64);
        IReadOnlyList<Tensor> maps = [];
        LiveTensors.ShouldBeLeftBy(() => maps = model.ForwardStages(images), stages);
        maps.Should().HaveCount(stages);
        foreach (var map in maps)
        {
            map.Dispose();
        }
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet20-cifar-a")]
    [InlineData("resnet50-preact")]
    public void A_training_step_after_the_first_leaves_nothing(string name)
    {
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        using var optimizer = torch.optim.SGD(model.parameters(), 0.01, 0.9);
        void Step()
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(torch.randn(4, 3, 64, 64)), torch.tensor(new long[] { 1, 2, 3, 4 })).backward();
            optimizer.step();
        }

        Step();
        LiveTensors.ShouldBeLeftBy(Step, 0);
    }

    [Fact]
    public void Building_and_disposing_a_model_leaves_nothing() =>
        LiveTensors.ShouldBeLeftBy(() => ResNetModel.ResNet18().Dispose(), 0);
}
