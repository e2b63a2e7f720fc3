namespace ResNet.Imaging;

/// <summary>
/// Marks folders that this library writes, so that what looks for images passes them over: a run within the folder of its photos is no class, and
/// images that explain photos are not photos.
/// </summary>
public static class OutputMarker
{
    /// <summary>The file that marks a folder. Who deletes it has the folder read as any other.</summary>
    public const string FileName = ".resnet-output";

    private const string Text = "This folder was written by ResNet. What looks for images passes it over; delete this file to have it read.\n";

    // What versions before the marker left: runs, features, responses of layers.
    private static readonly string[][] Unmarked = [["options.json", "checkpoints"], ["features.npy", "features.csv"], ["responses.csv", "responses.png"]];

    /// <summary>Marks a folder, and creates it where it is missing. One that holds images or folders already is left unmarked: they may be
    /// somebody's.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it is marked now.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static bool Mark(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string marker = Path.Combine(folder, FileName);
        if (File.Exists(marker))
        {
            return true;
        }

        if (Directory.Exists(folder) && (Directory.EnumerateDirectories(folder).Any() || Directory.EnumerateFiles(folder).Any(file => PictureSearch.IsPicture(Path.GetFileName(file)))))
        {
            return false;
        }

        AtomicFile.WriteAllText(marker, Text);
        return true;
    }

    /// <summary>Whether a folder is output, by the names of what is in it.</summary>
    internal static bool IsOutput(IReadOnlyCollection<string> names) =>
        names.Contains(FileName, StringComparer.Ordinal) || Unmarked.Any(files => files.All(name => names.Contains(name, StringComparer.Ordinal)));
}
