namespace ResNet.Weights;

/// <summary>Zeros after a file's end: some transfers fill up blocks with them.</summary>
internal static class Padding
{
    private const int ChunkLength = 1 << 20;

    /// <summary>A sparse file of terabytes must not keep a reader busy.</summary>
    private const long MaxLength = 64 << 20;

    /// <summary>How much of a file is left without the zeros at its end, at most 64 MiB of them; its last values may be zeros too.</summary>
    public static long LengthWithout(ByteView view, long length)
    {
        long least = Math.Max(0, length - MaxLength);
        while (length > least)
        {
            int count = (int)Math.Min(ChunkLength, length);
            int last = view.Span(length - count, count).LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return length - count + last + 1;
            }

            length -= count;
        }

        return length;
    }

    /// <summary>Whether a file has nothing but zeros from a byte on.</summary>
    public static bool BeginsAt(ByteView view, long at, long length) => LengthWithout(view, length) <= at;
}
