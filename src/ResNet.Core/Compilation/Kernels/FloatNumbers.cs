using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Maps of floats.</summary>
internal readonly unsafe struct FloatNumbers : IMapNumbers
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => Vector512.Load((float*)map + place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* map, long place, Vector512<float> values) => values.Store((float*)map + place);
}
