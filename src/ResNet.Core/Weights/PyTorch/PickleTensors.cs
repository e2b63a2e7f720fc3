namespace ResNet.Weights;

/// <summary>Makes the tensors of a pickle, once their shape and place are known to be possible.</summary>
internal static class PickleTensors
{
    private const int MostDimensions = 16;

    /// <summary>After storage, offset, shape, strides, requires_grad and hooks.</summary>
    private const int MetadataIndex = 6;

    /// <summary>A tensor may repeat values of its storage (torch's expand) up to this size; more would let a small file ask for a huge tensor.</summary>
    private const long MostRepeatedBytes = 1 << 20;

    /// <param name="at">Where the pickle stands.</param>
    /// <param name="arguments">(storage, offset, shape, strides) and what follows, which is of no use here.</param>
    public static PickleTensor Rebuild(PickleCursor at, object?[] arguments)
    {
        if (arguments is not [PickleStorage storage, long offset, PickleTuple size, PickleTuple step, ..])
        {
            at.Fail("a tensor must be made of a storage, an offset, a shape and strides");
            return null!;
        }

        // Lazy conjugates and negatives hold the values before; torch says so in a dictionary after the hooks.
        if (arguments.Length > MetadataIndex && arguments[MetadataIndex] is PickleDictionary { Pairs: var marks } && marks.Exists(pair => pair.Value is true))
        {
            at.Refuse("a tensor is a lazy conjugate or negative of its values, which is not read; save tensor.resolve_conj().resolve_neg() instead.");
        }

        long[] shape = Numbers(at, size, "the shape of a tensor");
        long[] strides = Numbers(at, step, "the strides of a tensor");
        if (shape.Length != strides.Length)
        {
            at.Fail($"a tensor of shape {ShapeText.Of(shape)} has {strides.Length} strides");
        }

        if (!TryMeasure(shape, strides, storage.ElementSize, out long count, out long span))
        {
            at.Fail($"a tensor of shape {ShapeText.Of(shape)} and strides {ShapeText.Of(strides)} is larger than can be counted");
        }

        if (offset < 0 || offset > storage.Count || span > storage.Count - offset)
        {
            at.Fail(
                $"a tensor of shape {ShapeText.Of(shape)}, strides {ShapeText.Of(strides)} and offset {offset} lies outside its storage of {storage.Count} values");
        }

        if (count > storage.Count && count * storage.ElementSize > MostRepeatedBytes)
        {
            at.Fail($"a tensor of shape {ShapeText.Of(shape)} repeats the {storage.Count} values of its storage; repeated ones are read up to {MostRepeatedBytes} bytes");
        }

        return new PickleTensor(storage, offset, shape, strides, count);
    }

    private static long[] Numbers(PickleCursor at, PickleTuple tuple, string what)
    {
        if (tuple.Items.Length > MostDimensions)
        {
            at.Fail($"{what} has {tuple.Items.Length} numbers; at most {MostDimensions} are read");
        }

        long[] numbers = new long[tuple.Items.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (tuple.Items[i] is not long number || number < 0)
            {
                at.Fail($"{what} must be whole numbers from 0 to {long.MaxValue}, but number {i} is not");
                return numbers;
            }

            numbers[i] = number;
        }

        return numbers;
    }

    /// <summary>How many values the shape has, and how many of the storage lie between its first and its last.</summary>
    private static bool TryMeasure(long[] shape, long[] strides, int elementSize, out long count, out long span)
    {
        count = span = 0;
        Int128 product = elementSize;
        Int128 last = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            product *= Math.Max(1, shape[i]);
            last += (Int128)(shape[i] - 1) * strides[i];
            if (product > long.MaxValue || last >= long.MaxValue)
            {
                return false;
            }
        }

        if (!shape.Contains(0))
        {
            count = (long)product / elementSize;
            span = (long)last + 1;
        }

        return true;
    }
}
