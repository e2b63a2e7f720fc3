namespace ResNet.Core.Tests.Weights;

/// <summary>A file of any size of which only what is written takes memory; the rest is zeros.</summary>
internal sealed class SparseStream : Stream
{
    private readonly SortedList<long, byte[]> _pieces = [];

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _pieces.Count == 0 ? 0 : _pieces.Keys[^1] + _pieces.Values[^1].Length;

    public override long Position { get; set; }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            _pieces.Add(Position, buffer.ToArray());
            Position += buffer.Length;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Clamp(Length - Position, 0, count);
        var target = buffer.AsSpan(offset, count);
        target.Clear();
        foreach (var (start, piece) in _pieces)
        {
            long from = Math.Max(start, Position), to = Math.Min(start + piece.Length, Position + count);
            if (from < to)
            {
                piece.AsSpan((int)(from - start), (int)(to - from)).CopyTo(target[(int)(from - Position)..]);
            }
        }

        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : Length);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();
}
