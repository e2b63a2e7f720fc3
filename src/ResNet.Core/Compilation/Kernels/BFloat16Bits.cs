using System.Runtime.CompilerServices;

namespace ResNet.Compilation;

/// <summary>bfloat16 numbers as bits.</summary>
internal static class BFloat16Bits
{
    private const ushort NaN = 0x7FC0;

    /// <summary>To the nearest; a tie goes away from zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Round(float value) => float.IsNaN(value) ? NaN : (ushort)((BitConverter.SingleToUInt32Bits(value) + 0x8000) >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expand(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
