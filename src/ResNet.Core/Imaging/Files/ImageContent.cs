using System.Buffers;

namespace ResNet.Imaging;

/// <summary>Reads a stream into memory, no further than allowed.</summary>
internal static class ImageContent
{
    private const int PieceLength = 64 << 10;

    /// <exception cref="ImageFormatException">It has more bytes than allowed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static MemoryStream Read(Stream stream, string name, ImageDecodeOptions options, CancellationToken cancellationToken)
    {
        var content = Begin(stream, name, options);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            for (int count = stream.Read(piece); count > 0; count = stream.Read(piece))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(content, piece.AsSpan(0, count), name, options);
            }

            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static async Task<MemoryStream> ReadAsync(Stream stream, string name, ImageDecodeOptions options, CancellationToken cancellationToken)
    {
        var content = Begin(stream, name, options);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            while (await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is var count && count > 0)
            {
                Add(content, piece.AsSpan(0, count), name, options);
            }

            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Of a file, the length is known before anything is read.</summary>
    private static MemoryStream Begin(Stream stream, string name, ImageDecodeOptions options)
    {
        long length = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        DecodeLimits.EnsureFewBytes(length, name, options);
        return new MemoryStream((int)Math.Min(length, PieceLength));
    }

    private static void Add(MemoryStream content, ReadOnlySpan<byte> piece, string name, ImageDecodeOptions options)
    {
        long total = content.Length + piece.Length;
        if (total > Math.Min(options.MaxByteCount ?? long.MaxValue, Array.MaxLength))
        {
            throw DecodeLimits.TooManyBytes($"more than {content.Length} bytes", name, options with { MaxByteCount = options.MaxByteCount ?? Array.MaxLength });
        }

        content.Write(piece);
    }
}
