using System.IO.Enumeration;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What a folder of class folders holds, by name alone: no file is opened.</summary>
internal sealed class ClassFolders
{
    // Hidden entries are wanted too, for the report; and a folder that may not be listed must say so.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private ClassFolders(ClassLabels labels)
    {
        Labels = labels;
    }

    public ClassLabels Labels { get; }

    public List<string> Files { get; } = [];

    public List<int> FileLabels { get; } = [];

    public List<DataFault> Faults { get; } = [];

    public static ClassFolders List(string root, ClassLabels? labels)
    {
        List<Entry> entries = EntriesOfRoot(root);
        DataFault[] lost = [.. entries.Where(entry => IsLostFolder(root, entry)).Select(entry => new DataFault(Path.Combine(root, entry.Name), FileNames.NotUtf8))];
        entries.RemoveAll(entry => IsLostFolder(root, entry));
        string[] folders = [.. entries.Where(entry => entry.IsFolder && !PictureSearch.IsHidden(entry.Name)).Select(entry => entry.Name)];
        if (folders.Length == 0)
        {
            throw new DatasetException(DatasetLayout.Describe(root, $"no folders, and {DatasetLayout.Count(entries.Count, "file")}"));
        }

        EnsureKnown(root, folders, labels);
        var found = new ClassFolders(labels ?? new ClassLabels(folders));
        found.Faults.AddRange(lost);
        found.ReportOutsiders(root, entries);
        found.Faults.AddRange(NameTwins.Find(folders).Select(twins => new DataFault(
            Path.Combine(root, twins.Name), $"differs from the folder '{twins.Earlier}' only in case or in how its accents are written; if both are one class, merge them")));
        for (int label = 0; label < found.Labels.Count; label++)
        {
            found.AddClass(root, found.Labels[label], label, hasFolder: folders.Contains(found.Labels[label], StringComparer.Ordinal));
        }

        if (found.Files.Count == 0)
        {
            string faults = string.Concat(found.Faults.Take(5).Select(fault => $"\n  {fault.Path}: {fault.Reason}"));
            throw new DatasetException(DatasetLayout.Describe(root, $"no picture in {DatasetLayout.Count(folders.Length, "folder")}:{faults}"));
        }

        if (found.Labels.Count == 1)
        {
            found.Faults.Add(new DataFault(root, $"there is one class only, '{found.Labels[0]}': nothing can be told apart"));
        }

        return found;
    }

    internal static bool HasFolders(string path) => Directory.Exists(path) && Entries(path).Exists(entry => entry.IsFolder && !PictureSearch.IsHidden(entry.Name));

    private static List<Entry> EntriesOfRoot(string root)
    {
        if (!Directory.Exists(root))
        {
            string found = File.Exists(root) ? "a file of that name" : FileNames.IsLost(root) ? $"nothing: {FileNames.NotUtf8}" : "no folder of that name";
            throw new DatasetException(DatasetLayout.Describe(root, found));
        }

        try
        {
            return Entries(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(DatasetLayout.Describe(root, $"a folder that cannot be listed ({e.Message})"), e);
        }
    }

    private static List<Entry> Entries(string folder)
    {
        var entries = new FileSystemEnumerable<Entry>(
            folder, static (ref FileSystemEntry entry) => Entry.Of(ref entry), Everything).ToList();
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private static void EnsureKnown(string root, string[] folders, ClassLabels? labels)
    {
        string[] strangers = labels is null ? [] : [.. folders.Except(labels, StringComparer.Ordinal)];
        if (strangers.Length > 0)
        {
            throw new DatasetException(
                $"{root}: {DatasetLayout.Count(strangers.Length, "folder")} of {folders.Length} are none of the given {labels}: "
                + $"{DatasetLayout.Names(strangers)}. Rename or remove them, or give labels that include them.");
        }
    }

    private void ReportOutsiders(string root, List<Entry> entries)
    {
        foreach (Entry entry in entries)
        {
            if (entry.IsFolder && PictureSearch.IsHidden(entry.Name))
            {
                Faults.Add(new DataFault(Path.Combine(root, entry.Name), "a hidden folder is not taken for a class"));
            }
            else if (!entry.IsFolder)
            {
                string reason = PictureSearch.IsPicture(entry.Name) ? "a picture outside the class folders has no class" : "a file that is no picture";
                Faults.Add(new DataFault(Path.Combine(root, entry.Name), reason));
            }
        }
    }

    private void AddClass(string root, string name, int label, bool hasFolder)
    {
        string folder = Path.Combine(root, name);
        if (!hasFolder)
        {
            Faults.Add(new DataFault(folder, Invariant($"class {label} has no folder, and so no pictures")));
            return;
        }

        int before = Files.Count;
        try
        {
            AddFiles(folder, label);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Faults.Add(new DataFault(folder, $"the folder cannot be listed ({e.Message})"));
            return;
        }

        if (Files.Count == before)
        {
            Faults.Add(new DataFault(folder, "the class folder holds no pictures"));
        }
    }

    private void AddFiles(string folder, int label)
    {
        foreach (Entry entry in Entries(folder))
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry.IsFolder)
            {
                Faults.Add(new DataFault(path, "a folder inside a class folder is not entered"));
            }
            else if (FileNames.IsLost(path))
            {
                Faults.Add(new DataFault(path, FileNames.NotUtf8));
            }
            else if (PictureSearch.IsPicture(entry.Name) && EmptyFile.Reason(path, entry.IsEmpty, entry.IsLink) is { } reason)
            {
                Faults.Add(new DataFault(path, reason));
            }
            else if (PictureSearch.IsPicture(entry.Name))
            {
                Files.Add(path);
                FileLabels.Add(label);
            }
            else
            {
                Faults.Add(new DataFault(path, "a file that is no picture"));
            }
        }
    }

    /// <summary>Two such names may read alike, so they are no names of classes.</summary>
    private static bool IsLostFolder(string root, Entry entry) => entry.IsFolder && FileNames.IsLost(Path.Combine(root, entry.Name));

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink, bool IsEmpty)
    {
        // The length of a link is not that of what it points to.
        public static Entry Of(ref FileSystemEntry entry)
        {
            bool isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            return new Entry(entry.FileName.ToString(), entry.IsDirectory, isLink, !entry.IsDirectory && !isLink && entry.Length == 0);
        }
    }
}
