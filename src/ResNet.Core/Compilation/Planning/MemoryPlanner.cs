namespace ResNet.Compilation;

/// <summary>Gives maps places in one block of memory; the place of a map that nobody needs any more goes to the next one.</summary>
internal sealed class MemoryPlanner
{
    private readonly List<(long Offset, long Size)> _used = [];

    /// <summary>Bytes that all maps together need.</summary>
    public long Size { get; private set; }

    /// <summary>The first gap that is large enough, or the end.</summary>
    public long Take(long bytes)
    {
        // Copies in whole vectors may read and write a little more.
        long size = (bytes + (2 * Tiles.Alignment) - 1) / Tiles.Alignment * Tiles.Alignment;
        long offset = 0;
        int index = 0;
        for (; index < _used.Count && _used[index].Offset - offset < size; index++)
        {
            offset = _used[index].Offset + _used[index].Size;
        }

        _used.Insert(index, (offset, size));
        Size = Math.Max(Size, offset + size);
        return offset;
    }

    public void Free(long offset) => _used.RemoveAll(place => place.Offset == offset);
}
