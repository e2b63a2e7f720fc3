using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace ResNet.Graph;

/// <summary>
/// The weights of a layer, output by output. They are multiplied while they are read, and may be borrowed from a tensor: a copy of all takes memory and, page by page,
/// more time than anything else that is done with them once.
/// </summary>
internal sealed unsafe class LayerWeights
{
    private readonly float[]? _own;
    private readonly Tensor? _lender;
    private readonly float* _borrowed;
    private readonly double[]? _factors;

    private LayerWeights(float[]? own, Tensor? lender, float* borrowed, int count, double[]? factors = null)
    {
        _own = own;
        _lender = lender;
        _borrowed = borrowed;
        _factors = factors;
        Count = count;
    }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    public static implicit operator LayerWeights(float[] numbers) => new(numbers, lender: null, borrowed: null, numbers.Length);

    /// <summary>The numbers of a tensor as they are now, of any type and wherever it is.</summary>
    public static LayerWeights CopyOf(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().to(torch.ScalarType.Float32, torch.CPU).contiguous().bytes).ToArray();
    }

    /// <summary>The numbers of a tensor, where they lie if they lie there in order as floats. The tensor must stay as it is, and alive, as long as they are read.</summary>
    public static LayerWeights Borrow(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU || tensor.dtype != torch.ScalarType.Float32 || !tensor.is_contiguous())
        {
            return CopyOf(tensor);
        }

        var numbers = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        return new LayerWeights(own: null, tensor, (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers)), numbers.Length);
    }

    /// <summary>The same weights, each multiplied by the factor of its output in double arithmetic and rounded once.</summary>
    /// <param name="factors">One an output.</param>
    public LayerWeights Scaled(double[] factors) =>
        _factors is null ? new(_own, _lender, _borrowed, Count, factors) : ((LayerWeights)ToArray()).Scaled(factors);

    /// <summary>Reads the weights of one output. Several threads may read at the same time.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="target">Receives them; its length is their number.</param>
    public void Read(int output, Span<float> target)
    {
        int first = output * target.Length;
        var numbers = _own is null ? new ReadOnlySpan<float>(_borrowed + first, target.Length) : _own.AsSpan(first, target.Length);
        if (_factors is null)
        {
            numbers.CopyTo(target);
        }
        else
        {
            Multiply(numbers, _factors[output], target);
        }

        GC.KeepAlive(_lender);
    }

    /// <summary>All weights; not a copy where they lie in an array as they are.</summary>
    public float[] ToArray()
    {
        if (_own is not null && _factors is null)
        {
            return _own;
        }

        float[] numbers = new float[Count];
        int outputs = _factors?.Length ?? 1, size = Count / outputs;
        for (int output = 0; output < outputs; output++)
        {
            Read(output, numbers.AsSpan(output * size, size));
        }

        return numbers;
    }

    // Millions of numbers, once: there is no time to find out that it is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<float> numbers, double factor, Span<float> products)
    {
        var factors = Vector512.Create(factor);
        ref float from = ref MemoryMarshal.GetReference(numbers);
        ref float to = ref MemoryMarshal.GetReference(products);
        int i = 0;
        for (; i + Vector512<float>.Count <= numbers.Length; i += Vector512<float>.Count)
        {
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref from, (nuint)i));
            Vector512.Narrow(factors * low, factors * high).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < numbers.Length; i++)
        {
            products[i] = (float)(factor * numbers[i]);
        }
    }
}
