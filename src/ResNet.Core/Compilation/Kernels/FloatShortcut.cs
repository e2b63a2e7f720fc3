using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>A shortcut of floats.</summary>
internal readonly unsafe struct FloatShortcut : IShortcutReader
{
    public static bool IsThere => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => FloatNumbers.Load(map, place);

    public static float Read(void* map, long place) => ((float*)map)[place];
}
