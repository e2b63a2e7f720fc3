using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Nothing is added.</summary>
internal readonly unsafe struct NoShortcut : IShortcutReader
{
    public static bool IsThere => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => Vector512<float>.Zero;

    public static float Read(void* map, long place) => 0;
}
