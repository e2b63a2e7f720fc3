namespace ResNet.Downloading;

/// <summary>How files are fetched and where they are kept.</summary>
public sealed record DownloadOptions
{
    /// <summary>Environment variable that names the cache folder.</summary>
    public const string CacheVariable = "RESNET_CACHE";

    /// <summary>Environment variable that names a mirror.</summary>
    public const string MirrorVariable = "RESNET_MIRROR";

    /// <summary>Timers count to about 49 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private readonly bool _isMirrorGiven;

    /// <summary>The folder that keeps the files. It is created when the first file comes.</summary>
    /// <value>
    /// Default: what the environment variable RESNET_CACHE says; else <c>$XDG_CACHE_HOME/resnet</c> or <c>~/.cache/resnet</c> on Linux,
    /// and the folder <c>resnet</c> of the user's local application data elsewhere. On Linux, where HOME is no folder that can be written, the home that the system's
    /// list of users names takes its place, else a folder of the user's own among the temporary files.
    /// </value>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string CacheFolder
    {
        get => field ?? CacheLocation.Default();
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>
    /// A server that is asked instead of the real ones, for networks that do not reach those: it takes the place of scheme, host and port,
    /// and what path it has comes before the file's own. Hashes are checked as ever.
    /// </summary>
    /// <value>Default: what the environment variable RESNET_MIRROR says; null where it says nothing.</value>
    /// <exception cref="ArgumentException">It is not an absolute address of https or http.</exception>
    public Uri? Mirror
    {
        get => _isMirrorGiven ? field : MirrorAddress.FromEnvironment();
        init
        {
            _isMirrorGiven = true;
            field = value is null ? null : MirrorAddress.Checked(value);
        }
    }

    /// <summary>How often a file is tried in all. Cut connections, silence, and the answers 408, 429 and 5xx are tried again.</summary>
    /// <value>1 or more; default: 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int AttemptCount
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There must be at least one attempt.");
    } = 5;

    /// <summary>The pause before the second attempt; each further one is twice as long. An attempt that brought bytes starts from here again.</summary>
    /// <value>0 to 24 days; default: one second.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or above 24 days.</exception>
    public TimeSpan FirstPause { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause, also where a server asks for more.</summary>
    /// <value>0 to 24 days; default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or above 24 days.</exception>
    public TimeSpan LongestPause { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may send nothing before the connection is given up.</summary>
    /// <value>Above 0 and up to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>; default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">0 or below, or above 24 days.</exception>
    public TimeSpan StallTimeout
    {
        get;
        init => field = (value > TimeSpan.Zero && value <= Longest) || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A server needs some time to answer, but no more than 24 days.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>The most that is fetched where neither the caller nor the server says how long the file is, in bytes.</summary>
    /// <value>1 or more; default: 4 GiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long LongestUnannounced
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one byte must be allowed.");
    } = 4L << 30;

    /// <summary>
    /// Whether a file that is in the cache already is hashed in full before it is used, and fetched anew where it is not what it should be.
    /// </summary>
    /// <value>Default: false; length and time of the last change are held against those of the moment when it was hashed.</value>
    public bool VerifyCached { get; init; }

    /// <summary>The clock of pauses and timeouts.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Free bytes on the disk that holds a folder; null where they cannot be told.</summary>
    internal Func<string, long?> FreeSpace { get; init; } = DiskSpace.FreeAt;

    private static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= Longest ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A pause must be from 0 to 24 days.");
}
