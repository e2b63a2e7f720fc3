namespace ResNet.Imaging;

/// <summary>Reads a stream forward through a small buffer of the caller's, with jumps.</summary>
/// <param name="stream">The stream, which can seek.</param>
/// <param name="buffer">Any memory.</param>
internal ref struct ByteScanner(Stream stream, Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private long _start;
    private int _count;
    private int _next;

    /// <summary>Bytes of the whole stream.</summary>
    public readonly long Length => stream.Length;

    /// <summary>Where the next byte stands. It may be set past the end.</summary>
    public long Position
    {
        readonly get => _start + _next;
        set
        {
            long next = value - _start;
            if (next >= 0 && next <= _count)
            {
                _next = (int)next;
                return;
            }

            (_start, _count, _next) = (value, 0, 0);
        }
    }

    /// <summary>Reads as many bytes as there are, up to the target's length.</summary>
    public int ReadUpTo(scoped Span<byte> target)
    {
        int done = 0;
        while (done < target.Length && Fill())
        {
            int count = Math.Min(target.Length - done, _count - _next);
            _buffer.Slice(_next, count).CopyTo(target[done..]);
            done += count;
            _next += count;
        }

        return done;
    }

    /// <summary>Fills the target, or says that the stream ends before.</summary>
    public bool TryRead(scoped Span<byte> target) => ReadUpTo(target) == target.Length;

    /// <summary>Reads a byte; -1 at the end.</summary>
    public int ReadByte() => Fill() ? _buffer[_next++] : -1;

    /// <summary>Goes past the next byte of a value; false where there is none.</summary>
    public bool SkipPast(byte value)
    {
        while (Fill())
        {
            int found = _buffer[_next.._count].IndexOf(value);
            if (found >= 0)
            {
                _next += found + 1;
                return true;
            }

            _next = _count;
        }

        return false;
    }

    private bool Fill()
    {
        if (_next < _count)
        {
            return true;
        }

        long position = Position;
        if (position >= stream.Length)
        {
            return false;
        }

        stream.Position = position;
        (_start, _next, _count) = (position, 0, stream.Read(_buffer));
        return _count > 0;
    }
}
