using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The pictures of a run: to learn from, to choose the best weights by, and to test with once at the end.</summary>
internal sealed record TrainingData(string Name, IImageDataset Train, IImageDataset? Validation, IImageDataset Test, IReadOnlyList<DataFault> Faults)
{
    public const string BuiltIn = "shapes";
    private const int BuiltInSize = 32;

    public bool IsBuiltIn => Name == BuiltIn;

    /// <summary>Opens the built-in pictures or a folder.</summary>
    /// <param name="source"><c>shapes</c> or a folder of class folders, with or without <c>train</c> and <c>test</c> above them.</param>
    /// <param name="validationShare">Share of the training pictures held out for validation; 0 holds out none.</param>
    /// <param name="seed">Draws the split, and the built-in pictures.</param>
    public static TrainingData Open(string source, double validationShare, int seed)
    {
        if (source == BuiltIn)
        {
            // Three seeds, three sets that share no picture.
            return new TrainingData(
                source,
                new SyntheticShapes(8000, BuiltInSize, seed),
                new SyntheticShapes(1000, BuiltInSize, seed + 1),
                new SyntheticShapes(2000, BuiltInSize, seed + 2),
                []);
        }

        if (!Directory.Exists(source))
        {
            throw new DatasetException($"'{source}' is neither '{BuiltIn}' (the built-in pictures) nor a folder that is there.");
        }

        var folders = ImageFolderSplits.Open(source, seed: seed);
        if (validationShare <= 0)
        {
            return new TrainingData(source, folders.Train, null, folders.Test, folders.Faults);
        }

        var split = DatasetSplit.Stratified(folders.Train, validationShare, seed);
        return new TrainingData(source, split.Train, split.Test, folders.Test, folders.Faults);
    }
}
