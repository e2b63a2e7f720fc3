namespace ResNet.Training;

/// <summary>Where many tensors lie in one long one, so that one operation reaches all of them.</summary>
internal sealed class FlatLayout
{
    // Kernels read faster from multiples of 64 bytes; the gaps stay zero and take part in nothing.
    private const long Alignment = 16;
    private readonly long[][] _shapes;
    private readonly long[] _offsets;

    public FlatLayout(IReadOnlyList<Tensor> tensors)
    {
        _shapes = [.. tensors.Select(tensor => tensor.shape)];
        _offsets = new long[tensors.Count + 1];
        for (int i = 0; i < tensors.Count; i++)
        {
            _offsets[i + 1] = _offsets[i] + ((tensors[i].numel() + Alignment - 1) / Alignment * Alignment);
        }
    }

    public long Length => _offsets[^1];

    /// <summary>The tensor of a number as it lies in the long one; the caller disposes it.</summary>
    public Tensor View(Tensor flat, int index)
    {
        long count = _shapes[index].Aggregate(1L, (product, length) => product * length);
        using var part = flat.narrow(0, _offsets[index], count);
        return part.view(_shapes[index]);
    }

    /// <summary>The stretch of tensors <paramref name="first"/> up to but without <paramref name="end"/>; the caller disposes it.</summary>
    public Tensor Range(Tensor flat, int first, int end) => flat.narrow(0, _offsets[first], _offsets[end] - _offsets[first]);
}
