using System.Buffers.Binary;

namespace ResNet.Imaging;

/// <summary>The chunks of a WebP, of each of which the codec makes an entry of a list.</summary>
internal static class WebPParts
{
    private const int HeaderLength = 12;
    private const int MaxChunkCount = 10_000;

    /// <summary>Colours of all pixels, and what they are predicted from.</summary>
    private const double LosslessBytesPerPixel = 8;
    private const double AlphaBytesPerPixel = 5;

    public static ImageFileParts Read(ref ByteScanner file, string name, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[8];
        long outside = 0;
        double bytesPerPixel = 0;
        int count = 0;
        for (file.Position = HeaderLength; file.TryRead(header); count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var chunk = header[..4];
            if (chunk.SequenceEqual("VP8L"u8) || chunk.SequenceEqual("ANMF"u8))
            {
                bytesPerPixel = LosslessBytesPerPixel;
            }
            else if (chunk.SequenceEqual("ALPH"u8))
            {
                bytesPerPixel = Math.Max(bytesPerPixel, AlphaBytesPerPixel);
            }
            else if (!chunk.SequenceEqual("VP8 "u8))
            {
                outside += Math.Min(length, file.Length - file.Position) + header.Length;
            }

            file.Position += length + (length & 1);
        }

        ImageFileParts.EnsureFewOutsidePixels(outside, name);
        return count <= MaxChunkCount
            ? new ImageFileParts { Format = ImageFileFormat.WebP, CodecBytesPerPixel = bytesPerPixel }
            : throw ImageFormatException.TooLarge(name, $"it has {count} chunks, of which at most {MaxChunkCount} are read; save it again as one image");
    }
}
