using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A folder that may be a class, by the names in it.</summary>
internal sealed class ClassFolder
{
    private const string WhatIsOutput = "a folder that this program wrote is not taken for a class";

    // Made by systems and programs, not by who sorted the images.
    private static readonly string[] SystemNames = ["__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found"];

    // Images that somebody put there to be learned; that they are not read must not pass for an empty folder.
    private static readonly string[] UnreadExtensions =
        [".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".tga", ".psd", ".dng", ".cr2", ".nef", ".arw", ".ppm", ".pgm"];

    private ClassFolder(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>Whether there are images in it, readable or not.</summary>
    public bool IsClass { get; private set; }

    /// <summary>Whether there are images in it, but none that can be read; then the first of the faults says why.</summary>
    public bool IsUnreadable => IsClass && Files.Count == 0;

    public List<string> Files { get; } = [];

    public List<DataFault> Faults { get; } = [];

    public static ClassFolder List(string root, string name)
    {
        var folder = new ClassFolder(name);
        string path = Path.Combine(root, name);
        if (SystemNames.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            folder.Faults.Add(new DataFault(path, "a folder of the system is not taken for a class"));
            return folder;
        }

        try
        {
            folder.Add(path, ClassFolders.Entries(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.IsClass = true;
            folder.Faults.Insert(0, new DataFault(path, $"the folder cannot be listed ({e.Message})"));
        }

        return folder;
    }

    /// <summary>Whether this program wrote the folder, or what is in it.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public static bool IsOutput(string folder)
    {
        var entries = ClassFolders.Entries(folder);
        return OutputMarker.IsOutput([.. entries.Select(entry => entry.Name)]) || HoldsOutput(folder, entries);
    }

    private void Add(string folder, List<ClassFolders.Entry> entries)
    {
        if (OutputMarker.IsOutput([.. entries.Select(entry => entry.Name)]))
        {
            Faults.Add(new DataFault(folder, WhatIsOutput));
            return;
        }

        int unreadable = 0;
        foreach (var entry in entries)
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry.IsFolder)
            {
                Faults.Add(new DataFault(path, "a folder inside a class folder is not entered"));
            }
            else if (FileNames.IsLost(path))
            {
                unreadable += PictureSearch.IsPicture(entry.Name) ? 1 : 0;
                Faults.Add(new DataFault(path, FileNames.NotUtf8));
            }
            else if (PictureSearch.IsPicture(entry.Name) && EmptyFile.Reason(path, entry.IsEmpty, entry.IsLink) is { } reason)
            {
                unreadable++;
                Faults.Add(new DataFault(path, reason));
            }
            else if (PictureSearch.IsPicture(entry.Name))
            {
                Files.Add(path);
            }
            else if (!PictureSearch.IsHidden(entry.Name) && UnreadExtensions.Contains(Path.GetExtension(entry.Name), StringComparer.OrdinalIgnoreCase))
            {
                unreadable++;
                Faults.Add(new DataFault(path, $"a picture of a format that is not read (read are {PictureSearch.Endings})"));
            }
            else
            {
                Faults.Add(new DataFault(path, "a file that is no picture"));
            }
        }

        IsClass = Files.Count > 0 || unreadable > 0;
        if (unreadable > 0 && Files.Count == 0)
        {
            Faults.Insert(0, new DataFault(folder, $"none of the {DatasetLayout.Count(unreadable, "picture")} of the class can be read"));
        }
        else if (!IsClass && HoldsOutput(folder, entries))
        {
            Faults.Clear();
            Faults.Add(new DataFault(folder, WhatIsOutput));
        }
        else if (!IsClass)
        {
            Faults.Insert(0, new DataFault(folder, "a folder that holds no pictures is not taken for a class"));
        }
    }

    /// <summary>Whether it is a folder of runs.</summary>
    private static bool HoldsOutput(string folder, List<ClassFolders.Entry> entries) => entries.Where(entry => entry.IsFolder).Any(entry =>
    {
        try
        {
            return OutputMarker.IsOutput([.. ClassFolders.Entries(Path.Combine(folder, entry.Name)).Select(inner => inner.Name)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
