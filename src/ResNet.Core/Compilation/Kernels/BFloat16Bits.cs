using System.Runtime.CompilerServices;

namespace ResNet.Compilation;

/// <summary>bfloat16 numbers as bits.</summary>
internal static class BFloat16Bits
{
    /// <summary>To the nearest; a tie goes away from zero. The processor's own "not a number" stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Round(float value) => (ushort)((BitConverter.SingleToUInt32Bits(value) + 0x8000) >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expand(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
