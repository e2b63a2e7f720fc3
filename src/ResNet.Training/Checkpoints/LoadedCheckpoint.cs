using System.Text.Json;
using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>A whole checkpoint, read into memory and checked. Dispose it when its values are copied; path and state stay.</summary>
internal sealed class LoadedCheckpoint : IDisposable
{
    private readonly StateDictFile _file;

    private LoadedCheckpoint(StateDictFile file, JsonObject state)
    {
        _file = file;
        State = state;
    }

    public string Path => _file.Name;

    public JsonObject State { get; }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="iteration">The iteration that its name says.</param>
    /// <exception cref="WeightsFormatException">It is damaged.</exception>
    /// <exception cref="CheckpointException">It is whole, but of a later version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static LoadedCheckpoint Open(string path, int iteration)
    {
        // Not mapped: what was checked is what is used, and a bad sector is an exception instead of a signal that ends the process.
        ExistingFile.Ensure(path, "a checkpoint");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var file = StateDictFile.Open(stream, path);
        try
        {
            return new LoadedCheckpoint(file, CheckpointFormat.ReadState(file, iteration));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a part of the state.</summary>
    /// <exception cref="CheckpointException">It is not there, or of another kind: something else than a run wrote it.</exception>
    public T Read<T>(string name)
    {
        try
        {
            if (State[name] is { } value && value.Deserialize<T>() is { } read)
            {
                return read;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{Path}: '{name}' of its state cannot be read ({fault.Message.TrimEnd('.')}). Go on from another checkpoint.", fault);
        }

        throw new CheckpointException($"{Path}: its state has no '{name}', which every run writes. Go on from another checkpoint.");
    }

    /// <summary>Checks that the checkpoint holds these tensors and no others, before the first value is copied.</summary>
    /// <exception cref="CheckpointException">It does not; every difference is listed.</exception>
    public void EnsureHolds(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var wanted = tensors.ToDictionary(StringComparer.Ordinal);
        string[] differences =
        [
            .. wanted.Select(pair => Difference(pair.Key, pair.Value)).OfType<string>(),
            .. _file.Entries.Where(entry => entry.Name != CheckpointFormat.StateName && !wanted.ContainsKey(entry.Name))
                .Select(entry => $"{ShapeText.Quote(entry.Name)} is not in the network now"),
        ];
        if (differences.Length > 0)
        {
            throw CheckpointException.OtherNetwork(Path, differences);
        }
    }

    /// <summary>Copies values, once and to the bit, into a tensor that is there already, on any device.</summary>
    /// <exception cref="CheckpointException">The checkpoint has no such tensor, or one of another shape or type.</exception>
    public void CopyTo(string name, Tensor target)
    {
        if (Difference(name, target) is { } difference)
        {
            throw CheckpointException.OtherNetwork(Path, [difference]);
        }

        _file.CopyTo(name, target);
    }

    public void Dispose() => _file.Dispose();

    private string? Difference(string name, Tensor target)
    {
        if (_file.Find(name) is not { } entry)
        {
            return $"{ShapeText.Quote(name)} is not in the checkpoint";
        }

        string saved = $"{entry.Type} {ShapeText.Of(entry.Shape)}";
        string now = $"{target.dtype} {ShapeText.Of(target.shape)}";
        return saved == now ? null : $"{ShapeText.Quote(name)} is {saved} in the checkpoint, {now} now";
    }
}
