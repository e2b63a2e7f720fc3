using System.Net;

namespace ResNet.Downloading;

/// <summary>
/// Keeps files of the web in a folder: fetches each once, checks it, and gives its path from then on, without the network. Downloads go on
/// where an earlier one ended, even one of a process that was killed. Several threads and processes may use one folder at once; who
/// comes second waits for the first.
/// </summary>
/// <remarks>
/// A file is complete and checked, or not there. Beside it lie <c>name.sha256</c> (that it was checked) and, until it is complete,
/// <c>name.part</c> and <c>name.part.json</c>. All may be deleted while nothing uses them. A file that no hash and no name of its own tells from
/// others is kept under a name that stands for its whole address, so that files of two addresses that end alike are never taken for each other.
/// </remarks>
public sealed class FileDownloader : IDisposable
{
    private const long WorthStartingOver = 1 << 20;
    private readonly HttpClient _client;
    private readonly bool _ownsClient;

    /// <summary>Makes a downloader.</summary>
    /// <param name="options">How and where to; default: <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="client">
    /// The client to ask with, for proxies and certificates of one's own; the caller disposes it. Redirects are followed whether or not its
    /// handler does so; headers that it sends by default go to every host on the way. Default: null, a new one, with the system's proxy.
    /// </param>
    public FileDownloader(DownloadOptions? options = null, HttpClient? client = null)
    {
        Options = options ?? new DownloadOptions();
        _ownsClient = client is null;
        _client = client ?? NewClient();
    }

    /// <summary>How files are fetched and where they are kept.</summary>
    public DownloadOptions Options { get; }

    /// <summary>Where a file is, or will be.</summary>
    /// <param name="request">The file.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ArgumentException">The request names no file, and its address does not end in a name.</exception>
    public string PathOf(DownloadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = request.TargetName ?? throw new ArgumentException(
            $"{request.Url} does not end in a file's name; say one with {nameof(DownloadRequest.FileName)}.", nameof(request));
        return Path.Combine(Path.GetFullPath(Options.CacheFolder), name);
    }

    /// <summary>Looks for a file in the cache alone.</summary>
    /// <param name="request">The file.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Its path; null where it is not there, or is not what it should be.</returns>
    /// <exception cref="ArgumentException">The request names no file, and its address does not end in a name.</exception>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public async Task<string?> FindAsync(DownloadRequest request, CancellationToken cancellationToken = default)
    {
        string target = PathOf(request);
        return await CachedFile.IsRightAsync(target, request, Options.VerifyCached, cancellationToken).ConfigureAwait(false) ? target : null;
    }

    /// <summary>Gives a file of the cache, and fetches it first where it is not there.</summary>
    /// <param name="request">The file.</param>
    /// <param name="progress">Hears how far the download is, about ten times a second; nothing where the file is there already.</param>
    /// <param name="cancellationToken">Ends the download at once; what came so far stays for the next one.</param>
    /// <returns>The path of the complete file.</returns>
    /// <exception cref="ArgumentException">The request names no file, and its address does not end in a name.</exception>
    /// <exception cref="DownloadException">The file could not be fetched, is not what it should be, or cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">The download was ended.</exception>
    public async Task<string> GetAsync(
        DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string target = PathOf(request);
        try
        {
            if (await CachedFile.IsRightAsync(target, request, Options.VerifyCached, cancellationToken).ConfigureAwait(false))
            {
                return target;
            }

            string locks = Path.Combine(Path.GetDirectoryName(target)!, ".locks");
            Directory.CreateDirectory(locks);
            using var held = await FileLock.AcquireAsync(Path.Combine(locks, Path.GetFileName(target)), cancellationToken).ConfigureAwait(false);

            // Another one may have fetched it in the meantime.
            if (!await CachedFile.IsRightAsync(target, request, Options.VerifyCached, cancellationToken).ConfigureAwait(false))
            {
                await FetchAsync(request, target, progress, cancellationToken).ConfigureAwait(false);
            }

            return target;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or (IOException and not DownloadException))
        {
            throw new DownloadException(
                request.Url,
                $"it cannot be kept as {target}: {fault.Message.TrimEnd('.')}. Make room or give permission there, or name another folder with {DownloadOptions.CacheVariable}.",
                fault);
        }
    }

    /// <summary>Disposes the HTTP client, unless it is the caller's.</summary>
    public void Dispose()
    {
        if (_ownsClient)
        {
            _client.Dispose();
        }
    }

    private static HttpClient NewClient() => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = TimeSpan.FromSeconds(30) })
    {
        // Time is measured by what arrives, not in all.
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "ResNet.Core" } },
    };

    private async Task FetchAsync(DownloadRequest request, string target, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var address = MirrorAddress.Of(request.Url, Options.Mirror);
        var throttle = new ProgressThrottle(progress, Path.GetFileName(target), Options.TimeProvider);
        var transfer = new Transfer(_client, request, address, Options, throttle);
        var partial = new PartialFile(target);
        long start = partial.Length;
        long furthest = start;
        int failures = 0;
        while (true)
        {
            try
            {
                bool resumed = await transfer.RunAsync(partial, cancellationToken).ConfigureAwait(false);
                if (await CompleteAsync(request, address, partial, target, resumed, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (TransientFaultException fault)
            {
                if (IsUnknownHost(fault) && partial.Length == start)
                {
                    // Nothing has come through yet: a wrong name, or no network at all. In mid-download it is a line that comes back.
                    throw new DownloadException(
                        request.Url, $"the host {address.Host} is not found. Check the network, or name a mirror with {DownloadOptions.MirrorVariable}.", fault);
                }

                // A long file over a bad line needs many attempts; those that get it further do not count. Measured by the furthest byte ever,
                // so that a server that starts from the beginning each time cannot go on for ever.
                if (partial.Length >= furthest + WorthStartingOver)
                {
                    furthest = partial.Length;
                    failures = 0;
                }

                if (++failures >= Options.AttemptCount)
                {
                    throw GiveUp(request, address, partial, target, fault);
                }

                var pause = PauseAfter(failures, fault.RetryAfter);
                throttle.Report(partial.Length, request.Length, $"{fault.Message}; trying again in {pause.TotalSeconds:0.#} s.");
                await Task.Delay(pause, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsUnknownHost(TransientFaultException fault) =>
        fault.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError };

    /// <summary>Checks the content and makes it the file.</summary>
    /// <returns>False where pieces of two attempts do not fit together, or are not as long as the file; they are deleted, and the next attempt starts from the beginning.</returns>
    private static async Task<bool> CompleteAsync(
        DownloadRequest request, Uri address, PartialFile partial, string target, bool resumed, CancellationToken cancellationToken)
    {
        if (resumed && request.Length is { } length && partial.Length != length)
        {
            // A server that says "that is all" to the request for the rest, or a file of an earlier request.
            partial.Delete();
            return false;
        }

        string hash = await ContentHash.OfFileAsync(partial.Path, cancellationToken).ConfigureAwait(false);
        if (request.Sha256 is { } expected && !hash.StartsWith(expected, StringComparison.Ordinal))
        {
            partial.Delete();
            return resumed ? false : throw new DownloadException(
                request.Url,
                $"its SHA-256 should begin with {expected}, but is {hash}{MirrorAddress.Remark(request.Url, address)}. It is not the file that was published, or it was changed on the way; what came was deleted.");
        }

        partial.MoveTo(target);
        VerifiedMark.TryWrite(target, hash, AddressHash.Of(request.Url));
        return true;
    }

    private TimeSpan PauseAfter(int failures, TimeSpan? wish)
    {
        // As a number: after some forty attempts the doubled pause is longer than a TimeSpan can be.
        double doubled = Options.FirstPause.TotalMilliseconds * Math.Pow(2, failures - 1);
        var pause = doubled < Options.LongestPause.TotalMilliseconds ? TimeSpan.FromMilliseconds(doubled) : Options.LongestPause;
        pause = wish > pause ? wish.Value : pause;
        return pause < Options.LongestPause ? pause : Options.LongestPause;
    }

    private DownloadException GiveUp(DownloadRequest request, Uri address, PartialFile partial, string target, TransientFaultException fault)
    {
        string where = MirrorAddress.Remark(request.Url, address);
        string damaged = File.Exists(target) ? $" The file that is there, {target}, is damaged or another one." : string.Empty;
        string kept = partial.Length > 0 ? $" The {partial.Length} bytes that came are kept; the next download goes on from there." : string.Empty;
        return new DownloadException(
            request.Url, $"{fault.Message}{where}; given up after {Options.AttemptCount} attempts. Check the network and try again.{kept}{damaged}", fault);
    }
}
