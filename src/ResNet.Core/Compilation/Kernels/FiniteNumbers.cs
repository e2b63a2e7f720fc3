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

    /// <summary>
    /// Makes each NaN the one that the processor makes itself. Others, such as those of CUDA, whose bits are all set, would become zero where vectors are rounded to bfloat16
    /// by an addition.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UnifyNaNs(Span<float> numbers)
    {
        int i = 0;
        for (; i + Vector512<float>.Count <= numbers.Length; i += Vector512<float>.Count)
        {
            var some = Vector512.LoadUnsafe(ref numbers[i]);
            var isNumber = Vector512.Equals(some, some);
            if (isNumber != Vector512<float>.AllBitsSet)
            {
                Vector512.ConditionalSelect(isNumber, some, Vector512.Create(float.NaN)).StoreUnsafe(ref numbers[i]);
            }
        }

        for (; i < numbers.Length; i++)
        {
            numbers[i] = float.IsNaN(numbers[i]) ? float.NaN : numbers[i];
        }
    }
}
