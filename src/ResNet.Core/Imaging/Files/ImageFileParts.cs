namespace ResNet.Imaging;

/// <summary>
/// What a file consists of, found by walking its chunks, segments or blocks before the codec sees it: nobody vouches for what they say, and a codec
/// may take quadratic time or much memory for parts that hold no pixels.
/// </summary>
internal sealed record ImageFileParts
{
    /// <summary>More than profiles, thumbnails and notes of cameras and editors take.</summary>
    public const long MaxBytesOutsidePixels = 64L << 20;

    private const int ScratchLength = 4096;

    /// <summary>The format, by the first bytes.</summary>
    public ImageFileFormat Format { get; init; }

    /// <summary>Parts that the codec needs, in their order; null where it may have the whole file.</summary>
    public IReadOnlyList<(long Start, long Length)>? Needed { get; init; }

    /// <summary>Where EXIF data is that the codec leaves out; null where there is none.</summary>
    public (long Start, int Length)? Exif { get; init; }

    /// <summary>Bytes a pixel that the codec holds besides rows that it hands out.</summary>
    public double CodecBytesPerPixel { get; init; }

    /// <summary>How often the codec goes over all pixels: a progressive JPEG has several scans.</summary>
    public int ScanCount { get; init; } = 1;

    /// <summary>Walks through a file.</summary>
    /// <param name="file">The file, which can seek.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="headOnly">Whether what comes after the first pixels does not matter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ImageFormatException">A part says more than is there, or there is too much besides pixels.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImageFileParts Of(Stream file, string name, bool headOnly, CancellationToken cancellationToken)
    {
        var scanner = new ByteScanner(file, stackalloc byte[ScratchLength]);
        Span<byte> head = stackalloc byte[12];
        head = head[..scanner.ReadUpTo(head)];
        return FormatOf(head) switch
        {
            ImageFileFormat.Png => PngParts.Read(ref scanner, name, cancellationToken),
            ImageFileFormat.Jpeg => JpegParts.Read(ref scanner, name, headOnly, cancellationToken),
            ImageFileFormat.Gif => GifParts.Read(ref scanner, name, cancellationToken),
            ImageFileFormat.WebP => WebPParts.Read(ref scanner, name, cancellationToken),
            ImageFileFormat.Bmp => BmpParts.Read(ref scanner),
            _ => new ImageFileParts(),
        };
    }

    /// <summary>Copies the parts that the codec needs.</summary>
    /// <exception cref="ImageFormatException">They do not fit an array.</exception>
    public static byte[] Copy(Stream file, IReadOnlyList<(long Start, long Length)> needed, string name)
    {
        long total = needed.Sum(part => part.Length);
        if (total > Array.MaxLength)
        {
            throw ImageFormatException.TooLarge(name, $"its pixels take {total} bytes, but no array holds more than {Array.MaxLength}; give a smaller image");
        }

        byte[] copy = new byte[total];
        int at = 0;
        foreach (var (start, length) in needed)
        {
            file.Position = start;
            at += file.ReadAtLeast(copy.AsSpan(at, (int)length), (int)length, throwOnEndOfStream: false);
        }

        return copy;
    }

    /// <summary>Refuses a file with too much besides its pixels.</summary>
    /// <exception cref="ImageFormatException">There is.</exception>
    public static void EnsureFewOutsidePixels(long bytes, string name)
    {
        if (bytes > MaxBytesOutsidePixels)
        {
            throw ImageFormatException.TooLarge(
                name, $"it has {bytes} bytes besides its pixels, of which at most {MaxBytesOutsidePixels} are read; save it without its metadata");
        }
    }

    /// <summary>The format that a file's first bytes say.</summary>
    private static ImageFileFormat FormatOf(ReadOnlySpan<byte> head) =>
        head.StartsWith(stackalloc byte[] { 0xFF, 0xD8, 0xFF }) ? ImageFileFormat.Jpeg
        : head.StartsWith(stackalloc byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }) ? ImageFileFormat.Png
        : GifTransparency.IsGif(head) ? ImageFileFormat.Gif
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? ImageFileFormat.WebP
        : head.StartsWith("BM"u8) ? ImageFileFormat.Bmp
        : ImageFileFormat.Unknown;
}
