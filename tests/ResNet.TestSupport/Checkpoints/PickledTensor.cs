using System.Numerics;

namespace ResNet.TestSupport.Checkpoints;

/// <summary>What torch.save pickles of one tensor; the defaults make a right one of two rows and three columns.</summary>
public sealed record PickledTensor
{
    public string StorageType { get; init; } = "FloatStorage";

    public string Tag { get; init; } = "storage";

    public string Key { get; init; } = "0";

    public string Location { get; init; } = "cpu";

    /// <summary>Elements of the storage.</summary>
    public BigInteger Count { get; init; } = 6;

    public BigInteger Offset { get; init; } = 0;

    public IReadOnlyList<BigInteger> Shape { get; init; } = [2, 3];

    public IReadOnlyList<BigInteger> Strides { get; init; } = [3, 1];

    /// <summary>Legacy files have a sixth member in the persistent id: None, or the key, offset and size of a view.</summary>
    public bool Legacy { get; init; }

    public Action<PickleBytes> View { get; init; } = pickle => pickle.Op(PickleOp.None);

    /// <summary>Pushes what says whether gradients are recorded.</summary>
    public Action<PickleBytes> RequiresGrad { get; init; } = pickle => pickle.Op(PickleOp.NewFalse);

    /// <summary>Pushes the tensor.</summary>
    public void WriteTo(PickleBytes pickle)
    {
        pickle.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.Mark);
        WriteStorageTo(pickle);
        pickle.Number(Offset).Numbers([.. Shape]).Numbers([.. Strides]);
        RequiresGrad(pickle);
        pickle.OrderedDict().Op(PickleOp.Tuple).Op(PickleOp.Reduce);
    }

    /// <summary>Pushes the storage.</summary>
    public void WriteStorageTo(PickleBytes pickle)
    {
        pickle.Op(PickleOp.Mark).Text(Tag).Global("torch", StorageType).Text(Key).Text(Location).Number(Count);
        if (Legacy)
        {
            View(pickle);
        }

        pickle.Op(PickleOp.Tuple).Op(PickleOp.BinPersId);
    }
}
