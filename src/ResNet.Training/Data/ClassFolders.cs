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

    /// <summary>Classes that have images, as far as names tell, but none that can be read: somebody expects them to be learned.</summary>
    public List<DataFault> Unreadable { get; } = [];

    public static ClassFolders List(string root, ClassLabels? labels)
    {
        List<Entry> entries = EntriesOfRoot(root);
        DataFault[] lost = [.. entries.Where(entry => IsLostFolder(root, entry)).Select(entry => new DataFault(Path.Combine(root, entry.Name), FileNames.NotUtf8))];
        entries.RemoveAll(entry => IsLostFolder(root, entry));
        ClassFolder[] folders = [.. entries.Where(entry => entry.IsFolder && !PictureSearch.IsHidden(entry.Name)).Select(entry => ClassFolder.List(root, entry.Name))];
        if (folders.Length == 0)
        {
            throw new DatasetException(DatasetLayout.Describe(root, $"no folders, and {DatasetLayout.Count(entries.Count, "file")}"));
        }

        string[] classes = [.. folders.Where(folder => folder.IsClass).Select(folder => folder.Name)];
        EnsureKnown(root, classes, labels);
        var found = new ClassFolders(labels ?? new ClassLabels(classes.Length > 0 ? classes : [folders[0].Name]));
        found.Faults.AddRange(lost);
        found.ReportOutsiders(root, entries);
        found.Faults.AddRange(NameTwins.Find(classes).Select(twins => new DataFault(
            Path.Combine(root, twins.Name), $"differs from the folder '{twins.Earlier}' only in case or in how its accents are written; if both are one class, merge them")));
        found.Faults.AddRange(folders.Where(folder => !folder.IsClass && found.Labels.IndexOf(folder.Name) < 0).SelectMany(folder => folder.Faults));
        var byName = folders.ToDictionary(folder => folder.Name, StringComparer.Ordinal);
        for (int label = 0; label < found.Labels.Count; label++)
        {
            found.AddClass(root, label, byName.GetValueOrDefault(found.Labels[label]));
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

    internal static List<Entry> Entries(string folder)
    {
        var entries = new FileSystemEnumerable<Entry>(
            folder, static (ref FileSystemEntry entry) => Entry.Of(ref entry), Everything).ToList();
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

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

    private void AddClass(string root, int label, ClassFolder? folder)
    {
        if (folder is null)
        {
            Faults.Add(new DataFault(Path.Combine(root, Labels[label]), Invariant($"class {label} has no folder, and so no pictures")));
            return;
        }

        Faults.AddRange(folder.Faults);
        Files.AddRange(folder.Files);
        FileLabels.AddRange(Enumerable.Repeat(label, folder.Files.Count));
        if (folder.IsUnreadable)
        {
            Unreadable.Add(folder.Faults[0]);
        }
    }

    /// <summary>Two such names may read alike, so they are no names of classes.</summary>
    private static bool IsLostFolder(string root, Entry entry) => entry.IsFolder && FileNames.IsLost(Path.Combine(root, entry.Name));

    internal readonly record struct Entry(string Name, bool IsFolder, bool IsLink, bool IsEmpty)
    {
        // The length of a link is not that of what it points to.
        public static Entry Of(ref FileSystemEntry entry)
        {
            bool isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            return new Entry(entry.FileName.ToString(), entry.IsDirectory, isLink, !entry.IsDirectory && !isLink && entry.Length == 0);
        }
    }
}
