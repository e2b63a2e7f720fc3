using System.IO.Enumeration;

namespace ResNet.Imaging;

/// <summary>The picture files of a folder and of the folders in it, by their names alone: no file is opened.</summary>
/// <remarks>
/// Files are ordered by the code units of their paths, whatever the machine's language. Hidden files and folders are skipped, as is what is no picture by its name, and folders that this library wrote (<see cref="OutputMarker"/>); links
/// to folders are not followed, so that circles do no harm.
/// </remarks>
internal sealed class PictureSearch
{
    /// <summary>How names of picture files end, for messages.</summary>
    public static string Endings { get; } = string.Join(", ", ImageFileExtensions.All.Select(extension => extension[1..]));

    // A folder that may not be listed must say so.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly List<string> _files = [];
    private readonly List<(string Path, string Reason)> _leftOut = [];

    private PictureSearch()
    {
    }

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Empty files, links to folders, pipes and the like, what has a name that is not UTF-8, and folders that cannot be listed.</summary>
    public IReadOnlyList<(string Path, string Reason)> LeftOut => _leftOut;

    /// <summary>Whether a file is a picture by its name.</summary>
    public static bool IsPicture(string name) => !IsHidden(name) && ImageFileExtensions.IsImage(name);

    /// <summary>Whether a dot hides a name, as on Unix; archives made on a Mac are full of '._photo.jpg' that are no pictures.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.');

    /// <param name="root">A folder, which exists.</param>
    public static PictureSearch Under(string root)
    {
        var search = new PictureSearch();
        search.Visit(root, isRoot: true);
        search._files.Sort(StringComparer.Ordinal);
        return search;
    }

    private void Visit(string folder, bool isRoot = false)
    {
        try
        {
            var entries = new FileSystemEnumerable<Entry>(folder, static (ref FileSystemEntry entry) => Entry.Of(ref entry), Everything);
            var listed = entries.ToList();
            if (!isRoot && OutputMarker.IsOutput([.. listed.Select(entry => entry.Name)]))
            {
                _leftOut.Add((folder, "a folder that this program wrote is not searched"));
                return;
            }

            foreach (var entry in listed.Where(entry => !IsHidden(entry.Name)))
            {
                string path = Path.Combine(folder, entry.Name);
                if ((entry.IsFolder || IsPicture(entry.Name)) && FileNames.IsLost(path))
                {
                    _leftOut.Add((path, FileNames.NotUtf8));
                }
                else if (entry.IsFolder && entry.IsLink)
                {
                    _leftOut.Add((path, "a link to a folder is not followed"));
                }
                else if (entry.IsFolder)
                {
                    Visit(path);
                }
                else if (IsPicture(entry.Name) && EmptyFile.Reason(path, entry.IsEmpty, entry.IsLink) is { } reason)
                {
                    _leftOut.Add((path, reason));
                }
                else if (IsPicture(entry.Name))
                {
                    _files.Add(path);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _leftOut.Add((folder, $"the folder cannot be listed ({fault.Message})"));
        }
    }

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
