using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>
/// Reads JPEG (also grey, CMYK and progressive), PNG (also palette, alpha and 16 bit), BMP, GIF (the first frame) and WebP, told apart by
/// content, not by name. Thread-safe.
/// </summary>
/// <remarks>
/// <para>Pixels are those of Pillow's <c>Image.open(…).convert("RGB")</c>: grey is replicated, alpha is dropped (not blended with a
/// background), 16-bit channels keep their upper byte, colour profiles are not applied. It differs in three things: the EXIF orientation is
/// applied (see <see cref="ImageDecodeOptions.ApplyOrientation"/>); 16-bit grey keeps its upper byte too, where Pillow clips at 255; and a
/// part of a GIF that its first frame does not cover is black.</para>
/// <para>Memory: the result's 3 bytes a pixel, and a strip of rows. Progressive JPEGs, interlaced PNGs, GIFs and lossless WebPs cannot be
/// read in strips: their codecs hold another 3 to 8 bytes a pixel meanwhile. <see cref="ImageDecodeOptions"/> bounds pixels, bytes and memory.</para>
/// <para>Files are walked before a codec sees them: one of more than 64 MB besides its pixels is refused, and large chunks of a PNG that hold none are left out.</para>
/// <para>The meter <c>ResNet</c> counts errors and measures times.</para>
/// </remarks>
public static class ImageDecoder
{
    private const int LargestFileInMemory = 32 << 20;
    private const long MaxPipeBytes = 256L << 20;

    /// <summary>Reads a picture from a file, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(string path) => Decode(path, options: null, CancellationToken.None);

    /// <summary>Reads a picture from a file.</summary>
    /// <inheritdoc cref="Decode(string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(string path, ImageDecodeOptions? options) => Decode(path, options, CancellationToken.None);

    /// <summary>Reads an image from a file, or from a pipe such as <c>/dev/stdin</c>, of up to 256 MiB.</summary>
    /// <param name="path">The file or pipe. A pipe that nobody writes into is refused, and so are devices.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it between two strips of rows, and the waiting for what comes through a pipe.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, is damaged or cut off, or is larger than allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RgbImage Decode(string path, ImageDecodeOptions? options, CancellationToken cancellationToken)
    {
        if (path is null || !PipeReader.CanRead(path))
        {
            return Read(path!, options, canvas: null, cancellationToken).ToImage();
        }

        using var content = ReadPipe(path, options, cancellationToken);
        return Decode(content.GetBuffer().AsSpan(0, (int)content.Length), path, options, cancellationToken);
    }

    /// <summary>Reads what comes through a pipe, up to what the options allow.</summary>
    internal static MemoryStream ReadPipe(string path, ImageDecodeOptions? options, CancellationToken cancellationToken) =>
        PipeReader.ReadToEnd(path, Math.Min(MaxPipeBytes, options?.MaxByteCount ?? MaxPipeBytes), cancellationToken);

    /// <summary>Reads a picture from a file into the memory of a canvas; nothing of a picture's size is allocated once the canvas has it.</summary>
    /// <inheritdoc cref="Decode(string, ImageCanvas, ImageDecodeOptions?, CancellationToken)"/>
    public static void Decode(string path, ImageCanvas canvas, ImageDecodeOptions? options) => Decode(path, canvas, options, CancellationToken.None);

    /// <summary>Reads a picture from a file into the memory of a canvas; nothing of a picture's size is allocated once the canvas has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="canvas">Receives the picture.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it between two strips of rows.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, is damaged or cut off, or is larger than allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Decode(string path, ImageCanvas canvas, ImageDecodeOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        _ = Read(path, options, canvas, cancellationToken);
    }

    /// <summary>Reads a picture from a stream, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(Stream, string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(Stream stream, string name) => Decode(stream, name, options: null, CancellationToken.None);

    /// <summary>Reads a picture from a stream, from where it stands to its end; the stream stays open.</summary>
    /// <inheritdoc cref="Decode(Stream, string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(Stream stream, string name, ImageDecodeOptions? options) => Decode(stream, name, options, CancellationToken.None);

    /// <summary>Reads a picture from a stream, from where it stands to its end; the stream stays open.</summary>
    /// <param name="stream">The stream. Its bytes, up to <see cref="ImageDecodeOptions.MaxByteCount"/>, are held in memory meanwhile.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it between two reads, or two strips of rows.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageFormatException">It is no picture, is damaged or cut off, or is larger than allowed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RgbImage Decode(Stream stream, string name, ImageDecodeOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= ImageDecodeOptions.Default;
        using var content = DecoderMetrics.Refused((stream, name, options, cancellationToken), static of => ImageContent.Read(of.stream, of.name, of.options, of.cancellationToken));
        return Decode(content.GetBuffer().AsSpan(0, (int)content.Length), name, options, cancellationToken);
    }

    /// <summary>Reads a picture from the bytes of a file, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name) => Decode(bytes, name, options: null, CancellationToken.None);

    /// <summary>Reads a picture from the bytes of a file.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, string, ImageDecodeOptions?, CancellationToken)"/>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions? options) => Decode(bytes, name, options, CancellationToken.None);

    /// <summary>Reads a picture from the bytes of a file.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it between two strips of rows.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageFormatException">It is no picture, is damaged or cut off, or is larger than allowed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions? options, CancellationToken cancellationToken) =>
        Read(bytes, name, options ?? ImageDecodeOptions.Default, canvas: null, cancellationToken).ToImage();

    /// <summary>Reads a picture from the bytes of a file into the memory of a canvas.</summary>
    internal static void Decode(ReadOnlySpan<byte> bytes, string name, ImageCanvas canvas) =>
        _ = Read(bytes, name, ImageDecodeOptions.Default, canvas, CancellationToken.None);

    /// <summary>Reads how large a picture is out of its file's head; no pixel is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Whether the size is that of the picture upright; null: it is.</param>
    /// <returns>The size that <see cref="Decode(string, ImageDecodeOptions?)"/> gives; null where the head is not that of a picture.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static (int Width, int Height)? ReadSize(string path, ImageDecodeOptions? options)
    {
        EnsureFile(path);
        using var file = Open(path);
        ImageFileParts parts;
        try
        {
            parts = ImageFileParts.Of(file, path, headOnly: true, CancellationToken.None);
        }
        catch (ImageFormatException)
        {
            return null;
        }

        using SKCodec? codec = CodecOf(file, path, parts);
        return codec is null ? null : PixelReader.SizeOf(codec, file, parts, options ?? ImageDecodeOptions.Default);
    }

    private static PixelTarget Read(string path, ImageDecodeOptions? options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        EnsureFile(path);
        return DecoderMetrics.Measure(
            (path, options: options ?? ImageDecodeOptions.Default, canvas, cancellationToken),
            static of => ReadFile(of.path, of.options, of.canvas, of.cancellationToken));
    }

    private static PixelTarget ReadFile(string path, ImageDecodeOptions options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        using var file = Open(path);
        DecodeLimits.EnsureFewBytes(file.Length, path, options);
        if (file.Length > LargestFileInMemory && !IsGif(file))
        {
            return ReadLargeFile(file, path, options, canvas, cancellationToken);
        }

        if (file.Length > Array.MaxLength)
        {
            throw ImageFormatException.TooLarge(
                path, Invariant($"a GIF of {file.Length:N0} bytes, which is read as a whole, may have {Array.MaxLength:N0}; give a smaller one"));
        }

        byte[] buffer = DecodeScratch.File(canvas, (int)file.Length);
        try
        {
            int length = file.ReadAtLeast(buffer.AsSpan(0, (int)file.Length), (int)file.Length, throwOnEndOfStream: false);
            return ReadBytes(buffer.AsSpan(0, length), path, options, canvas, cancellationToken);
        }
        finally
        {
            DecodeScratch.Return(canvas, buffer);
        }
    }

    private static PixelTarget Read(ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return DecoderMetrics.Measure(bytes, bytes => ReadBytes(bytes, name, options, canvas, cancellationToken));
    }

    private static unsafe PixelTarget ReadBytes(
        ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        DecodeLimits.EnsureFewBytes(bytes.Length, name, options);
        if (bytes.IsEmpty)
        {
            return PixelReader.Read(codec: null, Stream.Null, new ImageFileParts(), name, options, canvas, cancellationToken);
        }

        fixed (byte* all = bytes)
        {
            using var file = new UnmanagedMemoryStream(all, bytes.Length);
            var parts = ImageFileParts.Of(file, name, headOnly: false, cancellationToken);
            ReadOnlySpan<byte> shown = parts.Needed is { } needed ? ImageFileParts.Copy(file, needed, name) : GifTransparency.Remove(bytes);
            fixed (byte* address = shown)
            {
                using SKData data = SKData.Create((nint)address, shown.Length);
                using SKCodec? codec = parts.Format == ImageFileFormat.Unknown ? null : SKCodec.Create(data);
                return PixelReader.Read(codec, file, parts, name, options, canvas, cancellationToken);
            }
        }
    }

    /// <summary>A large file is read piece by piece: a photo of 50 megapixels as PNG would take 100 MB more as a whole.</summary>
    private static PixelTarget ReadLargeFile(
        FileStream file, string path, ImageDecodeOptions options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        var parts = ImageFileParts.Of(file, path, headOnly: false, cancellationToken);
        using SKCodec? codec = CodecOf(file, path, parts);
        return PixelReader.Read(codec, file, parts, path, options, canvas, cancellationToken);
    }

    /// <summary>The codec owns what it reads, and reads the file itself where it may have all of it.</summary>
    private static SKCodec? CodecOf(FileStream file, string path, ImageFileParts parts) =>
        parts.Format == ImageFileFormat.Unknown ? null
        : parts.Needed is { } needed ? SKCodec.Create(new SKMemoryStream(ImageFileParts.Copy(file, needed, path)))
        : SKCodec.Create(new SKFileStream(path));

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static void EnsureFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new FileNotFoundException("No file name was given; name a picture file.");
        }

        ExistingFile.Ensure(path, "a picture file");
    }

    private static bool IsGif(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        file.ReadExactly(start);
        file.Position = 0;
        return GifTransparency.IsGif(start);
    }
}
