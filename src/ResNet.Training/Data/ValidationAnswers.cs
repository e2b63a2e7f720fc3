using System.Globalization;

namespace ResNet.Training;

/// <summary>The classes of ImageNet's flat validation pictures, from the file that tells them.</summary>
internal sealed class ValidationAnswers
{
    private const string Solution = "LOC_val_solution.csv";
    private const string GroundTruth = "ILSVRC2012_validation_ground_truth.txt";
    private const string KitOrder = "ILSVRC2012_synsets.txt";
    private readonly Dictionary<string, string> _synsets;

    private ValidationAnswers(string source, Dictionary<string, string> synsets)
    {
        Source = source;
        _synsets = synsets;
    }

    /// <summary>The file.</summary>
    public string Source { get; }

    /// <summary>The class of each picture that has an answer.</summary>
    public IEnumerable<string> Synsets => _synsets.Values;

    /// <summary>The class of a picture; null where the file has no answer.</summary>
    public string? Of(string file) => _synsets.GetValueOrDefault(Path.GetFileNameWithoutExtension(file));

    /// <exception cref="DatasetException">There is no such file, or it cannot be used.</exception>
    public static ValidationAnswers Read(string root, string[] files)
    {
        if (SynsetNames.FileOf(root, Solution) is { } solution)
        {
            return new ValidationAnswers(solution, ReadSolution(solution));
        }

        if (SynsetNames.FileOf(root, GroundTruth) is not { } truth)
        {
            throw new DatasetException(
                $"The {files.Length} pictures of {Path.GetDirectoryName(files[0])} lie in no class folders, and no file tells their classes. Put {Solution}, or "
                + $"{GroundTruth} with {KitOrder}, into {root}.");
        }

        string order = SynsetNames.FileOf(root, KitOrder) ?? throw new DatasetException(
            $"{truth} tells classes by numbers of the development kit, whose order is its own. Put {KitOrder} beside it: the WordNet entries in that order, "
            + $"one a line (column WNID of the kit's meta.mat). Or use {Solution}.");
        return new ValidationAnswers(truth, ReadNumbers(truth, ReadOrder(order), files));
    }

    private static Dictionary<string, string> ReadSolution(string path)
    {
        var synsets = new Dictionary<string, string>(StringComparer.Ordinal);
        ExistingFile.Ensure(path, "a file of answers");
        foreach ((int number, string line) in File.ReadLines(path).Index())
        {
            // "ImageId,PredictionString", then "ILSVRC2012_val_00048981,n03995372 85 1 499 272".
            string[] parts = line.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length == 0 || (number == 0 && parts is [_, var word, ..] && !SynsetNames.IsSynset(word)))
            {
                continue;
            }

            if (parts.Length < 2 || !SynsetNames.IsSynset(parts[1]))
            {
                throw Bad(path, number, "should be a picture's name, a comma and a WordNet entry such as n01440764", line);
            }

            synsets[parts[0]] = parts[1];
        }

        return synsets;
    }

    private static string[] ReadOrder(string path)
    {
        string[] synsets = [.. LinesOf(path).Select(line => line.Split([' ', '\t', ','], 2)[0])];
        int bad = Array.FindIndex(synsets, synset => !SynsetNames.IsSynset(synset));
        return bad < 0 ? synsets : throw Bad(path, bad, "should begin with a WordNet entry such as n01440764", synsets[bad]);
    }

    private static Dictionary<string, string> ReadNumbers(string path, string[] order, string[] files)
    {
        string[] lines = LinesOf(path);
        if (lines.Length != files.Length)
        {
            throw new DatasetException(
                $"{path} has {lines.Length} lines, one for each picture in the order of their names, but {Path.GetDirectoryName(files[0])} has {files.Length} pictures. "
                + "Unpack all of them, and nothing else, there.");
        }

        var synsets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((int number, string line) in lines.Index())
        {
            if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int kit) || kit < 1 || kit > order.Length)
            {
                throw Bad(path, number, $"should be a number from 1 to {order.Length}", line);
            }

            synsets[Path.GetFileNameWithoutExtension(files[number])] = order[kit - 1];
        }

        return synsets;
    }

    private static string[] LinesOf(string path)
    {
        ExistingFile.Ensure(path, "a file of answers");
        return [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    private static DatasetException Bad(string path, int number, string expected, string found) =>
        new(Invariant($"{path}: line {number + 1} {expected}, but is '{(found.Length > 60 ? found[..60] + "…" : found)}'."));
}
