using System.Runtime.InteropServices;

namespace ResNet.Weights;

/// <summary>Access to the bytes of a <see cref="ByteSource"/>, every one checked against its length.</summary>
internal readonly unsafe ref struct ByteView
{
    private readonly SafeBuffer _buffer;
    private readonly byte* _start;
    private readonly long _length;

    public ByteView(SafeBuffer buffer, long length)
    {
        byte* start = null;
        buffer.AcquirePointer(ref start);
        _buffer = buffer;
        _start = start;
        _length = length;
    }

    public ReadOnlySpan<byte> Span(long offset, int count)
    {
        Check(offset, count);
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    public void CopyTo(long offset, byte* destination, long count)
    {
        Check(offset, count);
        Buffer.MemoryCopy(_start + offset, destination, count, count);
    }

    /// <summary>Copies the values of a tensor that do not lie one after the other.</summary>
    public void Gather(StoredTensor stored, byte* destination)
    {
        long[] shape = [.. stored.Entry.Shape];
        long[] strides = [.. stored.Strides!];
        int size = (int)(stored.Entry.ByteCount / shape.Aggregate(1L, (product, length) => product * length));
        long last = strides.Zip(shape, (stride, length) => (length - 1) * stride).Sum();
        Check(stored.Offset, (last + 1) * size);
        StridedCopy.Gather(_start + stored.Offset, shape, strides, size, destination);
    }

    public void Dispose() => _buffer.ReleasePointer();

    private void Check(long offset, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _length - offset);
    }
}
