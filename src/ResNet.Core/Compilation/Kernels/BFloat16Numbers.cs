using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResNet.Compilation;

/// <summary>Maps of bfloat16 numbers; they are rounded as <see cref="BFloat16Bits.Round"/> does it.</summary>
internal readonly unsafe struct BFloat16Numbers : IMapNumbers
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(void* map, long place) => SumFinisher.Expand(Vector256.Load((ushort*)map + place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(void* map, long place, Vector512<float> values)
    {
        var rounded = (values.AsUInt32() + Vector512.Create(0x8000u)) >> 16;
        var narrow = Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(rounded) : Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        narrow.Store((ushort*)map + place);
    }
}
