namespace ResNet.Training;

/// <summary>The check that comes before any work: a data set and a network that fit each other.</summary>
internal static class ClassCounts
{
    private const int PictureChannels = 3;

    /// <summary>A network of other channels would fail in the midst of the first batch.</summary>
    public static void EnsureTakesPictures(ResNetModel model)
    {
        if (model.Options.InputChannels != PictureChannels)
        {
            throw new ArgumentException(
                Invariant($"The network takes {model.Options.InputChannels} channels, but pictures have 3 (red, green, blue); build it with InputChannels = 3."), nameof(model));
        }
    }

    public static void EnsureEqual(ResNetModel model, IImageDataset dataset)
    {
        if (model.Options.ClassCount != dataset.Labels.Count)
        {
            throw new ArgumentException(
                Invariant($"The data set has {dataset.Labels.Count} classes ({string.Join(", ", dataset.Labels.Take(3))}, …), the network {model.Options.ClassCount}. ")
                + $"Build the network with ClassCount = {dataset.Labels.Count}, call ReplaceClassifier({dataset.Labels.Count}), or take other pictures.",
                nameof(dataset));
        }
    }
}
