using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Reports from scores that a test writes down itself, as the evaluator makes them from a network's.</summary>
internal static class Answers
{
    /// <summary>Probabilities of each picture's classes; the class of picture i is i modulo the class count, as <see cref="TinyDataset"/> has it.</summary>
    public static EvaluationReport Report(params double[][] probabilities) => Report(new TinyDataset(probabilities.Length, classCount: probabilities[0].Length), probabilities);

    public static EvaluationReport Report(IImageDataset dataset, double[][] probabilities, DataFault[]? faults = null)
    {
        using var scope = torch.NewDisposeScope();
        var counter = new ScoreCounter(dataset);
        Add(counter, dataset, probabilities, [.. Enumerable.Range(0, probabilities.Length)]);
        return Finish(counter, faults);
    }

    public static void Add(ScoreCounter counter, IImageDataset dataset, double[][] probabilities, int[] indices)
    {
        var scores = torch.tensor(probabilities.SelectMany(row => row).ToArray(), [indices.Length, dataset.Labels.Count], torch.ScalarType.Float64);
        counter.Add(scores.log(), torch.tensor(indices.Select(index => (long)dataset.LabelOf(index)).ToArray()), indices);
    }

    public static EvaluationReport Finish(ScoreCounter counter, DataFault[]? faults = null) =>
        counter.ToReport(faults ?? [], Preprocessing.Cifar10, new EvaluationOptions { Crops = TestCrops.Center, Padding = 0 }, new EngineReport(Compiled: null, Note: null), viewCount: 1);

    /// <summary>All the rest goes to the other classes alike.</summary>
    public static double[] Sure(int classCount, int predicted, double probability) =>
        [.. Enumerable.Range(0, classCount).Select(i => i == predicted ? probability : (1 - probability) / (classCount - 1))];
}
