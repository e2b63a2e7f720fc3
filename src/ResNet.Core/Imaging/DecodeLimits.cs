namespace ResNet.Imaging;

/// <summary>Holds what a file's header says against the options, before memory is taken for it.</summary>
internal static class DecodeLimits
{
    private const int ResultBytesPerPixel = 3;

    /// <summary>Pixels times scans: about five seconds of a processor. Real progressive JPEGs have ten scans, which even the largest may have.</summary>
    private const long MaxPixelScans = 1_000_000_000;
    private const int MinScanCount = 20;

    /// <exception cref="ImageFormatException">The file has more pixels, or takes more memory or time, than allowed.</exception>
    public static void EnsureWithin(int width, int height, ImageFileParts parts, string name, ImageDecodeOptions options)
    {
        long count = (long)width * height;
        if (count > options.MaxPixelCount)
        {
            throw ImageFormatException.TooLarge(
                name,
                $"the header says {width}x{height}, {count} pixels, but at most {options.MaxPixelCount} are allowed; "
                + $"raise {nameof(ImageDecodeOptions)}.{nameof(ImageDecodeOptions.MaxPixelCount)} if the file can be trusted.");
        }

        if (ResultBytesPerPixel * count > Array.MaxLength)
        {
            throw ImageFormatException.TooLarge(
                name, $"the header says {width}x{height}, {count} pixels, but no array holds more than {Array.MaxLength / ResultBytesPerPixel}; use a smaller picture.");
        }

        if (parts.ScanCount > Math.Max(MinScanCount, MaxPixelScans / Math.Max(1, count)))
        {
            throw ImageFormatException.TooLarge(
                name, $"it goes over its {count} pixels {parts.ScanCount} times, in as many scans, where images of cameras and programs do so about ten times; save it again.");
        }

        long memory = MemorySize(count, width, parts);
        if (memory > options.MaxMemorySize)
        {
            throw ImageFormatException.TooLarge(
                name,
                $"decoding {width}x{height} pixels of this kind of {parts.Format} takes {memory >> 20} MiB, but at most {options.MaxMemorySize >> 20} are allowed; save it as a plain JPEG, "
                + $"or raise {nameof(ImageDecodeOptions)}.{nameof(ImageDecodeOptions.MaxMemorySize)} if the file can be trusted.");
        }
    }

    /// <exception cref="ImageFormatException">The file has more bytes than allowed.</exception>
    public static void EnsureFewBytes(long count, string name, ImageDecodeOptions options)
    {
        if (count > options.MaxByteCount)
        {
            throw TooManyBytes($"{count} bytes", name, options);
        }
    }

    public static ImageFormatException TooManyBytes(string found, string name, ImageDecodeOptions options) => ImageFormatException.TooLarge(
        name,
        $"it has {found}, but at most {options.MaxByteCount} are allowed; raise {nameof(ImageDecodeOptions)}.{nameof(ImageDecodeOptions.MaxByteCount)} if it can be trusted.");

    /// <summary>Bytes that decoding takes: the result, the rows on their way to it, and what the codec holds.</summary>
    public static long MemorySize(long pixelCount, int width, ImageFileParts parts) =>
        (ResultBytesPerPixel * pixelCount) + StripReader.MemorySize(pixelCount, width, parts.Format) + (long)(parts.CodecBytesPerPixel * pixelCount);
}
