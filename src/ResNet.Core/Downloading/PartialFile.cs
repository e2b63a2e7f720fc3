using System.Net.Http.Headers;
using System.Text.Json;

namespace ResNet.Downloading;

/// <summary>
/// What there is of a file so far, beside it as <c>name.part</c>, with a note of which version of which address it is. Whoever holds it
/// holds the file's lock.
/// </summary>
internal sealed class PartialFile
{
    private readonly string _notePath;

    public PartialFile(string target)
    {
        Path = target + ".part";
        _notePath = target + ".part.json";
        Note = ReadNote();
    }

    public string Path { get; }

    /// <summary>Which version it is; null where that is not known.</summary>
    public PartialNote? Note { get; private set; }

    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Opens it for writing at its end, or emptied.</summary>
    public FileStream Open(bool append) => new(
        Path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Notes the version before its first byte is written.</summary>
    public void Begin(PartialNote note)
    {
        File.Delete(Path);
        AtomicFile.WriteAllText(_notePath, JsonSerializer.Serialize(note, PartialNoteJson.Default.PartialNote));
        Note = note;
    }

    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_notePath);
        Note = null;
    }

    /// <summary>Makes it the file itself, once it is safely on disk.</summary>
    public void MoveTo(string target)
    {
        using (var stream = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(Path, target, overwrite: true);
        Delete();
    }

    private PartialNote? ReadNote()
    {
        try
        {
            var note = File.Exists(_notePath) ? JsonSerializer.Deserialize(File.ReadAllText(_notePath), PartialNoteJson.Default.PartialNote) : null;

            // A tag that is none would fail every request that names it.
            return note?.ETag is { } tag && !EntityTagHeaderValue.TryParse(tag, out _) ? null : note;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
