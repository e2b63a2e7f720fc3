namespace ResNet.Imaging;

/// <summary>What <see cref="ImageDecoder"/> does beyond reading pixels.</summary>
public sealed record ImageDecodeOptions
{
    /// <summary>The limit above which Pillow refuses a picture as well: 178,956,970 pixels.</summary>
    public const long DefaultMaxPixelCount = 178_956_970;

    /// <summary>The most bytes of a file, a stream or a pipe where nothing else is said: 1 GiB.</summary>
    public const long DefaultMaxByteCount = 1L << 30;

    /// <summary>The defaults of every property: for files of one's own, such as those to train on.</summary>
    public static ImageDecodeOptions Default { get; } = new();

    /// <summary>For images that strangers send: 25 megapixels, 16 MiB, and 256 MiB of memory while one is decoded.</summary>
    public static ImageDecodeOptions Untrusted { get; } = new() { MaxPixelCount = 25_000_000, MaxByteCount = 16 << 20, MaxMemorySize = 256 << 20 };

    /// <summary>
    /// Whether the orientation in the picture's EXIF data is applied, so that a photo taken with the camera on its side stands upright.
    /// </summary>
    /// <value>Default: true. Pillow's <c>Image.open</c>, and so torchvision's data sets, do not: false gives their pixels.</value>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>
    /// The most pixels (width times height) that a picture may have. It is checked against the header, before memory for pixels is taken,
    /// so that a small file that claims to be enormous cannot exhaust the memory.
    /// </summary>
    /// <value>Default: <see cref="DefaultMaxPixelCount"/>. Null: no limit but that of one array (about 715 million pixels).</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? MaxPixelCount
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxPixelCount));
    } = DefaultMaxPixelCount;

    /// <summary>The most bytes of a file or a stream. A stream is read no further.</summary>
    /// <value>Default: <see cref="DefaultMaxByteCount"/>. Null: no limit but that of one array (2 GiB) where a stream is read.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? MaxByteCount
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxByteCount));
    } = DefaultMaxByteCount;

    /// <summary>
    /// The most memory in bytes that decoding may take, the result (3 bytes a pixel) included. It is reckoned from the header before any is taken:
    /// progressive JPEGs, interlaced PNGs, GIFs and lossless WebPs need up to 8 bytes a pixel besides.
    /// </summary>
    /// <value>Default: null, what <see cref="MaxPixelCount"/> comes to.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long? MaxMemorySize
    {
        get;
        init => field = AtLeastOne(value, nameof(MaxMemorySize));
    }

    private static long? AtLeastOne(long? value, string name) => value < 1
        ? throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be at least 1, or null for no limit.")
        : value;
}
