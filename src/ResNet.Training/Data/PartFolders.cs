namespace ResNet.Training;

/// <summary>Which folders of a data set are trained on, which choose the best weights, and which are tested on at the end.</summary>
/// <param name="Train">The folder to train on; null where the root itself holds the class folders.</param>
/// <param name="Validation">The folder that the best weights are chosen by; null where a part of the training images is held out instead.</param>
/// <param name="Test">The folder to test on; null where a part of the training images is held out instead.</param>
public sealed record PartFolders(string? Train, string? Validation, string? Test)
{
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];
    private static readonly string[] TestNames = ["test", .. ValidationNames];

    /// <summary>
    /// Finds them by their names, in upper or lower case: <c>train</c>; <c>test</c>; and <c>val</c>, <c>valid</c> or <c>validation</c> to choose the best
    /// weights by. Where there is no <c>test</c>, the first of the latter is tested on, as ImageNet's is.
    /// </summary>
    /// <param name="root">The folder of the data set.</param>
    /// <param name="validation">The name of the folder that the best weights are chosen by, in <paramref name="root"/>, or its path. Default: null, it is found.</param>
    /// <param name="test">The name of the folder to test on, in <paramref name="root"/>, or its path. Default: null, it is found.</param>
    /// <returns>The paths of folders that hold class folders.</returns>
    /// <exception cref="DatasetException">A folder that is named is not there, or is none of class folders.</exception>
    public static PartFolders Find(string root, string? validation = null, string? test = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string? train = FindOne(root, "train");
        if (train is null)
        {
            return validation is null && test is null ? new PartFolders(null, null, null) : throw new DatasetException(
                $"{root} has no folder 'train', so {validation ?? test} cannot stand beside it. Expected {root}/train/<class>/*.jpg.");
        }

        string? namedValidation = validation is null ? null : Named(root, validation);
        string? testFolder = test is null ? TestNames.Select(name => FindOne(root, name)).FirstOrDefault(path => path is not null && path != namedValidation) : Named(root, test);
        string? validationFolder = namedValidation ?? ValidationNames.Select(name => FindOne(root, name)).FirstOrDefault(path => path is not null && path != testFolder);
        return new PartFolders(train, validationFolder, testFolder);
    }

    internal static string? FindTest(string root) => TestNames.Select(name => FindOne(root, name)).FirstOrDefault(path => path is not null);

    // A class may be called 'train', of railways: only a folder with folders in it is a set.
    internal static string? FindOne(string root, string name) =>
        Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .Where(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase) && ClassFolders.HasFolders(path))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;

    private static string Named(string root, string name)
    {
        string path = Path.Combine(root, name);
        return ClassFolders.HasFolders(path) ? path : throw new DatasetException(
            $"{path} is no folder of class folders. Name one that holds a folder for each class of {Path.Combine(root, "train")}.");
    }
}
