using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>What lies outside a map: a pixel of zeros for each count of channels, kept for the life of the process.</summary>
internal static unsafe class ZeroPixel
{
    private static readonly ConcurrentDictionary<int, nint> Pixels = new();

    public static float* Of(int channels) => (float*)Pixels.GetOrAdd(channels, static count =>
    {
        nuint size = (nuint)(count * sizeof(float)) + Tiles.Alignment;
        void* pixel = NativeMemory.AlignedAlloc(size, Tiles.Alignment);
        NativeMemory.Clear(pixel, size);
        return (nint)pixel;
    });
}
