namespace ResNet.Imaging;

/// <summary>What <see cref="ImageDecoder"/> does beyond reading pixels.</summary>
public sealed record ImageDecodeOptions
{
    /// <summary>The limit above which Pillow refuses a picture as well: 178,956,970 pixels.</summary>
    public const long DefaultMaxPixelCount = 178_956_970;

    /// <summary>The defaults of every property.</summary>
    public static ImageDecodeOptions Default { get; } = new();

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
        init
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "MaxPixelCount must be at least 1, or null for no limit.");
            }

            field = value;
        }
    } = DefaultMaxPixelCount;
}
