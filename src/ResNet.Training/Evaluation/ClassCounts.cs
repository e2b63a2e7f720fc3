namespace ResNet.Training;

/// <summary>The check that comes before any work: a data set and a network of as many classes.</summary>
internal static class ClassCounts
{
    public static void EnsureEqual(ResNetModel model, IImageDataset dataset)
    {
        if (model.Options.ClassCount != dataset.Labels.Count)
        {
            throw new ArgumentException(
                $"The data set has {dataset.Labels.Count} classes ({string.Join(", ", dataset.Labels.Take(3))}, …), the network {model.Options.ClassCount}. "
                + $"Build the network with ClassCount = {dataset.Labels.Count}, call ReplaceClassifier({dataset.Labels.Count}), or take other pictures.",
                nameof(dataset));
        }
    }
}
