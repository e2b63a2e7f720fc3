using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>A shortcut of bytes.</summary>
internal readonly unsafe struct ByteShortcut : IShortcutReader
{
    public static bool IsThere => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => ByteVector.Expand((byte*)map + place);

    public static float Read(void* map, long place) => ((byte*)map)[place];
}
