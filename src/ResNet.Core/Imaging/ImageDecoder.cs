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
/// read in strips: their codecs hold another 3 to 8 bytes a pixel meanwhile.</para>
/// </remarks>
public static class ImageDecoder
{
    private const int LargestFileInMemory = 32 << 20;
    private const long MaxPipeBytes = 256L << 20;

    /// <summary>Reads a picture from a file, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(string, ImageDecodeOptions?)"/>
    public static RgbImage Decode(string path) => Decode(path, options: null);

    /// <summary>Reads a picture from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, is damaged or cut off, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RgbImage Decode(string path, ImageDecodeOptions? options) => Decode(path, options, CancellationToken.None);

    /// <summary>Reads an image from a file, or from a pipe such as <c>/dev/stdin</c>, of up to 256 MiB.</summary>
    /// <param name="path">The file or pipe. A pipe that nobody writes into is refused, and so are devices.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the waiting for what comes through a pipe.</param>
    /// <returns>The image.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no image, is damaged or cut off, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RgbImage Decode(string path, ImageDecodeOptions? options, CancellationToken cancellationToken)
    {
        if (path is null || !PipeReader.CanRead(path))
        {
            return Read(path!, options, canvas: null).ToImage();
        }

        using var content = PipeReader.ReadToEnd(path, MaxPipeBytes, cancellationToken);
        return Decode(content.GetBuffer().AsSpan(0, (int)content.Length), path, options);
    }

    /// <summary>Reads a picture from a file into the memory of a canvas; nothing of a picture's size is allocated once the canvas has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="canvas">Receives the picture.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, is damaged or cut off, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Decode(string path, ImageCanvas canvas, ImageDecodeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        _ = Read(path, options, canvas);
    }

    /// <summary>Reads a picture from a stream, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(Stream, string, ImageDecodeOptions?)"/>
    public static RgbImage Decode(Stream stream, string name) => Decode(stream, name, options: null);

    /// <summary>Reads a picture from a stream, from where it stands to its end; the stream stays open.</summary>
    /// <param name="stream">The stream. Its bytes are held in memory meanwhile.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageFormatException">It is no picture, is damaged or cut off, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static RgbImage Decode(Stream stream, string name, ImageDecodeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Decode(memory.GetBuffer().AsSpan(0, (int)memory.Length), name, options);
    }

    /// <summary>Reads a picture from the bytes of a file, with <see cref="ImageDecodeOptions.Default"/>.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, string, ImageDecodeOptions?)"/>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name) => Decode(bytes, name, options: null);

    /// <summary>Reads a picture from the bytes of a file.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">Orientation and limits; null: <see cref="ImageDecodeOptions.Default"/>.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="ImageFormatException">It is no picture, is damaged or cut off, or has more pixels than allowed.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions? options) =>
        Read(bytes, name, options, canvas: null).ToImage();

    /// <summary>Reads a picture from the bytes of a file into the memory of a canvas.</summary>
    internal static void Decode(ReadOnlySpan<byte> bytes, string name, ImageCanvas canvas) => _ = Read(bytes, name, options: null, canvas);

    /// <summary>Reads how large a picture is out of its file's head; no pixel is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Whether the size is that of the picture upright; null: it is.</param>
    /// <returns>The size that <see cref="Decode(string, ImageDecodeOptions?)"/> gives; null where the head is not that of a picture.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static (int Width, int Height)? ReadSize(string path, ImageDecodeOptions? options)
    {
        EnsureFile(path);
        using var stream = new SKFileStream(path);
        using SKCodec? codec = SKCodec.Create(stream);
        if (codec is null)
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return PixelReader.SizeOf(codec, file, options ?? ImageDecodeOptions.Default);
    }

    private static PixelTarget Read(string path, ImageDecodeOptions? options, ImageCanvas? canvas)
    {
        ArgumentNullException.ThrowIfNull(path);
        EnsureFile(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (file.Length > LargestFileInMemory && !IsGif(file))
        {
            return ReadLargeFile(file, path, options, canvas);
        }

        if (file.Length > Array.MaxLength)
        {
            throw new ImageFormatException(path, Invariant($"a GIF of {file.Length:N0} bytes, which is read as a whole, may have {Array.MaxLength:N0}; give a smaller one"));
        }

        byte[] buffer = DecodeScratch.File(canvas, (int)file.Length);
        try
        {
            int length = file.ReadAtLeast(buffer.AsSpan(0, (int)file.Length), (int)file.Length, throwOnEndOfStream: false);
            return Read(buffer.AsSpan(0, length), path, options, canvas);
        }
        finally
        {
            DecodeScratch.Return(canvas, buffer);
        }
    }

    private static unsafe PixelTarget Read(ReadOnlySpan<byte> bytes, string name, ImageDecodeOptions? options, ImageCanvas? canvas)
    {
        ArgumentNullException.ThrowIfNull(name);
        ReadOnlySpan<byte> shown = GifTransparency.Remove(bytes);
        if (bytes.IsEmpty)
        {
            return PixelReader.Read(codec: null, Stream.Null, name, options ?? ImageDecodeOptions.Default, canvas);
        }

        fixed (byte* address = shown)
        {
            using var file = new UnmanagedMemoryStream(address, shown.Length);
            using SKData data = SKData.Create((nint)address, shown.Length);
            using SKCodec? codec = SKCodec.Create(data);
            return PixelReader.Read(codec, file, name, options ?? ImageDecodeOptions.Default, canvas);
        }
    }

    /// <summary>A large file is read piece by piece: a photo of 50 megapixels as PNG would take 100 MB more as a whole.</summary>
    private static PixelTarget ReadLargeFile(FileStream file, string path, ImageDecodeOptions? options, ImageCanvas? canvas)
    {
        using var stream = new SKFileStream(path);
        using SKCodec? codec = SKCodec.Create(stream);
        return PixelReader.Read(codec, file, path, options ?? ImageDecodeOptions.Default, canvas);
    }

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
