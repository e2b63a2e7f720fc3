using System.Security.Cryptography;

namespace ResNet.Training;

/// <summary>Finds files that are the same picture byte for byte: within a set they weigh double, and across train and test they spoil the test.</summary>
public static class DuplicateFiles
{
    /// <summary>Compares the files of data sets by length, and where that is equal by their SHA-256.</summary>
    /// <param name="datasets">Data sets whose names are paths of files; others have nothing to compare.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>One fault for each file that has the content of an earlier one, in the order of the data sets. Files that cannot be read are left out.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static IReadOnlyList<DataFault> Find(IEnumerable<IImageDataset> datasets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        var files = new List<(string Path, string Label)>();
        foreach (IImageDataset dataset in datasets)
        {
            files.AddRange(Enumerable.Range(0, dataset.Count).Select(i => (dataset.NameOf(i), dataset.Labels[dataset.LabelOf(i)])));
        }

        HashSet<long> shared = [.. files.DistinctBy(file => file.Path).GroupBy(file => LengthOf(file.Path)).Where(group => group.Key >= 0 && group.Skip(1).Any()).Select(group => group.Key)];
        var first = new Dictionary<string, (string Path, string Label)>(StringComparer.Ordinal);
        var faults = new List<DataFault>();
        foreach (var file in files.DistinctBy(file => file.Path).Where(file => shared.Contains(LengthOf(file.Path))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (HashOf(file.Path) is { } hash && !first.TryAdd(hash, file))
            {
                (string path, string label) = first[hash];
                string remark = label == file.Label ? string.Empty : $", which is of another class ('{label}')";
                faults.Add(new DataFault(file.Path, $"has the same content as {path}{remark}"));
            }
        }

        return faults;
    }

    private static long LengthOf(string path) => FileNode.KindOf(path) == FileKind.Regular ? new FileInfo(path).Length : -1;

    private static string? HashOf(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
