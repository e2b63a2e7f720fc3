using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Looks for infinities and for what is no number.</summary>
internal static unsafe class FiniteNumbers
{
    /// <summary>Whether all numbers are finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Are(float* numbers, int count)
    {
        // Zero times anything else is not zero, and stays so in the sum.
        var sums = Vector512<float>.Zero;
        int i = 0;
        for (; i + Vector512<float>.Count <= count; i += Vector512<float>.Count)
        {
            sums += Vector512.Load(numbers + i) * Vector512<float>.Zero;
        }

        float sum = Vector512.Sum(sums);
        for (; i < count; i++)
        {
            sum += numbers[i] * 0;
        }

        return sum == 0;
    }
}
