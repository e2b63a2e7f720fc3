namespace ResNet.Weights;

/// <summary>What a Python object that PyTorch names means to this reader.</summary>
internal enum PickleGlobalKind
{
    /// <summary>collections.OrderedDict.</summary>
    Dictionary,

    /// <summary>A class of storages, such as torch.FloatStorage.</summary>
    Storage,

    /// <summary>torch._utils._rebuild_tensor and _rebuild_tensor_v2: a view of a storage.</summary>
    Tensor,

    /// <summary>torch._utils._rebuild_parameter: the tensor that is its first argument.</summary>
    Parameter,

    /// <summary>torch._tensor._rebuild_from_type_v2: what its first argument makes of its third.</summary>
    FromType,

    /// <summary>torch.Size: a tuple of whole numbers.</summary>
    Size,

    /// <summary>Known and harmless, and of no use for weights: nothing is made of it.</summary>
    Inert,
}
