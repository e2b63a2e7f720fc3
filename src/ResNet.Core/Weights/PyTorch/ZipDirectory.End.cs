namespace ResNet.Weights;

internal ref partial struct ZipDirectory
{
    /// <summary>The last end record with nothing behind it; where there is none, with nothing but zeros, which can be no directory of another reader's.</summary>
    private readonly long FindEnd()
    {
        if (FindEnd(_length) is { } exact)
        {
            return exact;
        }

        if (FindEnd(Padding.LengthWithout(_view, _length)) is { } padded)
        {
            return padded;
        }

        Fail("the archive has no end record; the file is cut off", _length);
        return 0;
    }

    /// <param name="content">The least that the file with the record's comment has; what follows is padding.</param>
    private readonly long? FindEnd(long content)
    {
        long lowest = Math.Max(0, content - EndLength - LongestComment);
        var bytes = _view.Span(lowest, (int)(Math.Min(_length, content + EndLength) - lowest));
        for (int at = bytes.Length - EndLength; at >= 0; at--)
        {
            long end = lowest + at + EndLength + U16(bytes, at + 20);
            if (U32(bytes, at) == EndSignature && end >= content && end <= _length)
            {
                return lowest + at;
            }
        }

        return null;
    }

    private readonly (long Start, long Length, long Count, long End) ReadEnd64(long locator)
    {
        long at = I64(_view.Span(locator, End64LocatorLength), 8);
        if (at < 0 || at > locator - End64Length || U32(_view.Span(at, End64Length), 0) != End64Signature)
        {
            Fail($"the zip64 end record should be at byte {at}, but is not", locator);
        }

        var record = _view.Span(at, End64Length);
        return (I64(record, 48), I64(record, 40), I64(record, 32), at);
    }
}
