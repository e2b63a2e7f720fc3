namespace ResNet.TestSupport.Checkpoints;

/// <summary>The pickle of a state dictionary: an OrderedDict of names and tensors.</summary>
public static class CheckpointPickle
{
    /// <summary>The float tensor "weight" of shape [2, 3] on storage 0 and the long tensor "count" of shape [2] on storage 1.</summary>
    public static IReadOnlyList<KeyValuePair<string, PickledTensor>> Good { get; } =
    [
        new("weight", new PickledTensor()),
        new("count", new PickledTensor { StorageType = "LongStorage", Key = "1", Count = 2, Shape = [2], Strides = [1] }),
    ];

    public static byte[] OfGood(bool legacy = false) => Of([.. Good.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Legacy = legacy }))]);

    public static byte[] Of(params KeyValuePair<string, PickledTensor>[] tensors)
    {
        var pickle = PickleBytes.Protocol().OrderedDict().Op(PickleOp.Mark);
        foreach (var (name, tensor) in tensors)
        {
            pickle.Text(name);
            tensor.WriteTo(pickle);
        }

        return pickle.Op(PickleOp.SetItems).Stop();
    }

    /// <summary>A good state dictionary with something else in place of, or before, a value.</summary>
    /// <param name="value">Pushes exactly one value, if it is well-behaved.</param>
    /// <param name="protocol">Of the PROTO opcode.</param>
    public static byte[] With(Action<PickleBytes> value, byte protocol = 2)
    {
        var pickle = PickleBytes.Protocol(protocol).OrderedDict().Op(PickleOp.Mark).Text("weight");
        Good[0].Value.WriteTo(pickle);
        pickle.Text("other");
        value(pickle);
        return pickle.Op(PickleOp.SetItems).Stop();
    }
}
