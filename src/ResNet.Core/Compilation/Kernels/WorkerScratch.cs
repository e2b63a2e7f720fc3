using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>Memory of one thread of the team: the patches and the sums of the tile that it works on. It grows to the largest tile seen and stays, as
/// the thread does, for the life of the process.</summary>
internal sealed unsafe class WorkerScratch
{
    private byte* _patches;
    private long _size;

    /// <summary>Sums of one tile.</summary>
    public float* Sums { get; } = (float*)NativeMemory.AlignedAlloc(Tiles.MaxRows * Tiles.Columns * sizeof(float), Tiles.Alignment);

    /// <summary>Room for the patches of one tile.</summary>
    public byte* Patches(long size)
    {
        if (size > _size)
        {
            // First the new one: where there is no memory for it, the old one stays.
            byte* larger = (byte*)NativeMemory.AlignedAlloc((nuint)size, Tiles.Alignment);
            NativeMemory.Clear(larger, (nuint)size);
            NativeMemory.AlignedFree(_patches);
            _patches = larger;
            _size = size;
        }

        return _patches;
    }
}
