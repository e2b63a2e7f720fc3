namespace ResNet.Weights;

/// <summary>Copies values that lie apart (transposed or sliced tensors) into row-major order.</summary>
internal static unsafe class StridedCopy
{
    /// <summary>Whether the values of such a tensor lie one after the other in row-major order.</summary>
    public static bool IsRowMajor(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides)
    {
        if (shape.Contains(0))
        {
            return true;
        }

        long expected = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            // A dimension of one value has no neighbours, whatever its stride.
            if (shape[i] != 1 && strides[i] != expected)
            {
                return false;
            }

            expected *= shape[i];
        }

        return true;
    }

    /// <param name="source">The first value; the caller has made sure that every value lies inside.</param>
    /// <param name="shape">At least one dimension, none of length 0.</param>
    /// <param name="strides">Distances in values.</param>
    /// <param name="elementSize">Size of one value in bytes: 1, 2, 4, 8 or 16.</param>
    /// <param name="destination">Room for all values.</param>
    public static void Gather(byte* source, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int elementSize, byte* destination)
    {
        switch (elementSize)
        {
            case 1: Gather((byte*)source, shape, strides, (byte*)destination); break;
            case 2: Gather((short*)source, shape, strides, (short*)destination); break;
            case 4: Gather((int*)source, shape, strides, (int*)destination); break;
            case 8: Gather((long*)source, shape, strides, (long*)destination); break;
            case 16: Gather((Int128*)source, shape, strides, (Int128*)destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(elementSize), elementSize, "There are no values of this size.");
        }
    }

    private static T* Gather<T>(T* source, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, T* destination)
        where T : unmanaged
    {
        if (shape.Length == 1)
        {
            for (long i = 0; i < shape[0]; i++)
            {
                // Old files do not align values; these machines read them all the same.
                *destination++ = source[i * strides[0]];
            }

            return destination;
        }

        for (long i = 0; i < shape[0]; i++)
        {
            destination = Gather(source + (i * strides[0]), shape[1..], strides[1..], destination);
        }

        return destination;
    }
}
