using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Sums of products of floats or of bfloat16 numbers.</summary>
internal readonly unsafe struct FloatSums : ISumReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* sums) => Vector512.Load(sums);

    public static float Read(float* sum) => *sum;
}
