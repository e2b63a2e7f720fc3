using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>An evaluation leaves nothing behind, and takes no more memory for more pictures.</summary>
public sealed class EvaluatorMemoryTests
{
    public static TheoryData<EvaluationOptions> Ways { get; } =
    [
        new() { BatchSize = 40 },
        new() { BatchSize = 40, Crops = TestCrops.Ten },
        new() { BatchSize = 40, FullyConvolutional = true, Scales = [32, 40], Flip = true },
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_tensors_alive_are_as_many_after_every_batch_and_none_at_the_end(EvaluationOptions options)
    {
        var shapes = TinyNetwork.Shapes(200);
        using var model = TinyNetwork.Build(shapes.Labels.Count);
        var alive = new HashSet<long>();
        var statistics = TorchSharp.DisposeScopeManager.Statistics;
        var progress = new ImmediateProgress<EvaluationProgress>(_ => alive.Add(statistics.ThreadTotalLiveCount));

        LiveTensors.ShouldBeLeftBy(() => Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, options, progress), 0);

        alive.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_picture_costs_no_memory_of_its_own_size(EvaluationOptions options)
    {
        var shapes = new CachedDataset(new SyntheticShapes(400, size: 96));
        using var model = TinyNetwork.Build(shapes.Labels.Count);
        Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, options);
        var half = new Subset(shapes, Enumerable.Range(0, 200));

        long few = Allocated(half), many = Allocated(shapes);

        // A picture is 27,648 bytes; what a forward costs is shared by the four pictures of a batch.
        ((many - few) / 200).Should().BeLessThan(8192);

        long Allocated(IImageDataset pictures)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Evaluator.Evaluate(model, pictures, Preprocessing.Cifar10, options);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
