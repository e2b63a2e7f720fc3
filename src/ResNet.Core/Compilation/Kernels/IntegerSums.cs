using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Sums of products of bytes.</summary>
internal readonly unsafe struct IntegerSums : ISumReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* sums) => Vector512.ConvertToSingle(Vector512.Load((int*)sums));

    public static float Read(float* sum) => *(int*)sum;
}
