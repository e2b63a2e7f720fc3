using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>Made-up runs to report on.</summary>
internal static class Histories
{
    public static MetricPoint Point(int epoch, int iterationsPerEpoch = 10) => new()
    {
        Iteration = epoch * iterationsPerEpoch,
        Epoch = epoch,
        LearningRate = epoch <= 4 ? 0.1 : 0.01,
        TrainLoss = 1.0 / (epoch + 2),
        TrainError = 0.5 / epoch,
        ValidationError = 0.6 / epoch,
        ValidationLoss = 2.0 / (epoch + 2),
        ImagesPerSecond = 1234.56,
        DataWaitShare = 0.0123,
        Elapsed = TimeSpan.FromSeconds(12.5 * epoch),
    };

    public static MetricPoint[] Points(int count) => [.. Enumerable.Range(1, count).Select(epoch => Point(epoch))];

    public static RunReportHeader Header(int iterationCount = 80) => new()
    {
        Options = TrainingOptions.Shapes with { Epochs = null, Iterations = iterationCount },
        Description = new ModelDescription
        {
            Options = ResNetOptions.Cifar(20),
            Preprocessing = Preprocessing.Cifar10,
            Labels = new ClassLabels([.. Enumerable.Range(0, 10).Select(i => $"class{i}")]),
        },
        ParameterCount = 269_722,
        TrainPictureCount = 640,
        ValidationPictureCount = 64,
        IterationCount = iterationCount,
        Device = "cpu",
        ThreadCount = 2,
        Arithmetic = "float32: the reference.",
    };
}
