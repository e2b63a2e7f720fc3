using System.Globalization;
using System.Text;

namespace ResNet.Weights;

/// <summary>The pickle of a state dictionary: an OrderedDict of tensors whose values lie outside of it, under keys.</summary>
internal static class StateDictPickle
{
    // What Python's pickler sets at once.
    private const int BatchLength = 1000;

    /// <summary>Writes the pickle.</summary>
    /// <param name="tensors">The tensors, the class of the storage of each, and the number of its storage.</param>
    /// <exception cref="ArgumentException">A name is not valid Unicode.</exception>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<(TensorToWrite Tensor, string StorageClass, int Key)> tensors)
    {
        var pickle = new PickleWriter();
        EmptyOrderedDict(pickle);
        foreach (var batch in tensors.Chunk(BatchLength))
        {
            if (batch is [var single])
            {
                Item(pickle, single.Tensor, single.StorageClass, single.Key);
                pickle.SetItem();
                continue;
            }

            pickle.Mark();
            foreach (var (tensor, storageClass, key) in batch)
            {
                Item(pickle, tensor, storageClass, key);
            }

            pickle.SetItems();
        }

        return pickle.Stop();
    }

    private static void Item(PickleWriter pickle, TensorToWrite tensor, string storageClass, int key)
    {
        try
        {
            pickle.Text(tensor.Name);
        }
        catch (EncoderFallbackException fault)
        {
            throw new ArgumentException($"The name {ShapeText.Quote(tensor.Name)} has half a surrogate pair in it; rename the tensor.", nameof(tensor), fault);
        }

        pickle.Global("torch._utils", "_rebuild_tensor_v2");
        pickle.Mark();
        pickle.Mark();
        pickle.Constant("storage");
        pickle.Global("torch", storageClass);
        pickle.Text(key.ToString(CultureInfo.InvariantCulture));
        pickle.Constant("cpu");
        pickle.Integer(tensor.Count());
        pickle.Tuple();
        pickle.PersistentId();
        pickle.Integer(0);
        pickle.IntegerTuple(tensor.Shape);
        pickle.IntegerTuple(Strides(tensor.Shape));

        // No gradient is asked for, and no hooks are set.
        pickle.False();
        EmptyOrderedDict(pickle);
        pickle.Tuple();
        pickle.Reduce();
    }

    private static void EmptyOrderedDict(PickleWriter pickle)
    {
        pickle.Global("collections", "OrderedDict");
        pickle.EmptyTuple();
        pickle.Reduce();
    }

    private static long[] Strides(IReadOnlyList<long> shape)
    {
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int i = shape.Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(1, shape[i]);
        }

        return strides;
    }
}
