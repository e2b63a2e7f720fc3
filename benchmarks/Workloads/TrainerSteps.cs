using ResNet.Imaging;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>The trainer's own step, without its files and its loader.</summary>
internal sealed class TrainerSteps : IDisposable
{
    private const double LearningRate = 0.01;
    private readonly MomentumSgd _optimizer;
    private readonly TrainingLoss _loss;
    private readonly TrainingStep _step;

    public TrainerSteps(ResNetModel model, int batchSize, int size, Precision precision)
    {
        var device = model.parameters().First().device;
        Path = ComputePathSelector.Choose(model, precision, batchSize, size, size, device, CancellationToken.None);
        var options = new TrainingOptions { Preprocessing = Preprocessing.Cifar10, WeightDecay = 1e-4, Momentum = 0.9 };
        _optimizer = new MomentumSgd(model, options);
        _loss = new TrainingLoss(labelSmoothing: 0, classWeights: null, device);
        _step = new TrainingStep(model, options, _loss, Path);
    }

    public ComputePath Path { get; }

    /// <summary>The pictures as the loader would lay them out; the caller disposes them.</summary>
    public Tensor Arrange(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return (Path.ChannelsLast ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images.alias()).MoveToOuterDisposeScope();
    }

    public void Step(Tensor images, Tensor labels)
    {
        // The tensors stay the caller's: the batch is not disposed.
        var batch = new Batch(images, labels, classShares: null, new int[labels.shape[0]], new LoaderPosition());
        _optimizer.ZeroGradients();
        _ = _step.Backward(batch);
        _optimizer.Step(LearningRate, isBackboneFrozen: false);
    }

    public void Dispose()
    {
        _loss.Dispose();
        _optimizer.Dispose();
    }
}
