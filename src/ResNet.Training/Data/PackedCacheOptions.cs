using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What <see cref="PackedCache"/> keeps of each picture, and how it is made.</summary>
public sealed record PackedCacheOptions
{
    /// <summary>Pictures whose shorter side is longer are resized to this length, antialiased; smaller ones stay as they are.</summary>
    /// <value>1 or more pixels. Default: null, pictures keep their size. The paper's scale augmentation needs 480.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? ShorterSide
    {
        get;
        init => field = value is not < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A picture has at least one pixel.");
    }

    /// <summary>The filter of that resize.</summary>
    /// <value>Default: bilinear.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>After the resize, only the centre is kept, where a side is longer than this.</summary>
    /// <value>1 or more pixels. Default: null, nothing is cut off.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? LongestSide
    {
        get;
        init => field = value is not < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A picture has at least one pixel.");
    }

    /// <summary>Anything else that the pixels depend on, for data sets of one's own: another text makes the cache anew.</summary>
    /// <value>Default: empty.</value>
    public string Version { get; init; } = string.Empty;

    /// <summary>How many threads decode. The file does not depend on it.</summary>
    /// <value>1 or more. Default: one for each core.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int WorkerCount
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There must be at least one thread.");
    } = Environment.ProcessorCount;

    /// <summary>Free bytes on the disk that holds a folder; null where they cannot be told.</summary>
    internal Func<string, long?> FreeSpace { get; init; } = DiskSpace.FreeAt;
}
