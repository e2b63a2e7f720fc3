namespace ResNet.Weights;

/// <summary>A tensor of a pickle: a view of a storage, known to lie inside of it.</summary>
/// <param name="Storage">Where the values are.</param>
/// <param name="Offset">Index of the first value in the storage.</param>
/// <param name="Shape">Length of each dimension.</param>
/// <param name="Strides">Distance, in values, between neighbours along each dimension; 0 or more.</param>
/// <param name="Count">How many values the shape has.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides, long Count);
