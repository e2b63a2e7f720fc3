namespace ResNet.Compilation;

/// <summary>
/// Memory of all packed weights of a network, cleared, one layer's after the other: layers of a few hundred KiB have large pages too, and the ends of large pages
/// are not wasted. All goes at once.
/// </summary>
internal sealed unsafe class WeightMemory : IDisposable
{
    /// <summary>What is left of a block is never touched, so it takes addresses only.</summary>
    private const long BlockSize = 64 << 20;

    private readonly List<LargeMemory> _blocks = [];
    private long _used;

    /// <param name="size">Bytes.</param>
    /// <returns>Their address, a multiple of <see cref="Tiles.Alignment"/>; a vector more may be read.</returns>
    public byte* Take(long size)
    {
        if (_blocks.Count == 0 || _used + size > _blocks[^1].Size)
        {
            _blocks.Add(new LargeMemory(Math.Max(size, BlockSize)));
            _used = 0;
        }

        byte* address = _blocks[^1].Address + _used;
        _used += (size + Tiles.Alignment - 1) / Tiles.Alignment * Tiles.Alignment;
        return address;
    }

    public void Dispose() => _blocks.ForEach(block => block.Dispose());
}
