using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>A shortcut of bfloat16 numbers.</summary>
internal readonly unsafe struct BFloat16Shortcut : IShortcutReader
{
    public static bool IsThere => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => BFloat16Numbers.Load(map, place);

    public static float Read(void* map, long place) => BFloat16Bits.Expand(((ushort*)map)[place]);
}
