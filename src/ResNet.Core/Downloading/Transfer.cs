using System.Net;
using System.Net.Http.Headers;

namespace ResNet.Downloading;

/// <summary>One attempt: asks for what is missing of a file and appends it to what there is.</summary>
internal sealed class Transfer(HttpClient client, DownloadRequest request, Uri address, DownloadOptions options, ProgressThrottle progress)
{
    /// <summary>Makes the partial file whole.</summary>
    /// <param name="partial">What there is so far.</param>
    /// <param name="cancellationToken">Ends the attempt; the partial file stays.</param>
    /// <returns>Whether a part of the file is from an earlier attempt.</returns>
    /// <exception cref="TransientFaultException">The next attempt may do better.</exception>
    /// <exception cref="DownloadException">No attempt will do better.</exception>
    /// <exception cref="IOException">The partial file cannot be written.</exception>
    public async Task<bool> RunAsync(PartialFile partial, CancellationToken cancellationToken)
    {
        bool resume = CanResume(partial);
        if (resume && partial.Note!.Length == partial.Length)
        {
            return true;
        }

        using var clock = new StallClock(options, cancellationToken);
        using var response = await AskAsync(partial, resume, clock).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var note = NoteOf(response);
                EnsureExpectedLength(note.Length, partial);
                partial.Begin(note);
                await ReceiveAsync(response, partial, append: false, clock).ConfigureAwait(false);
                return false;
            case HttpStatusCode.PartialContent when resume && Continues(response, partial):
                EnsureExpectedLength(response.Content.Headers.ContentRange!.Length, partial);
                await ReceiveAsync(response, partial, append: true, clock).ConfigureAwait(false);
                return true;
            case HttpStatusCode.RequestedRangeNotSatisfiable when resume && response.Content.Headers.ContentRange?.Length == partial.Length:
                return true;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when resume:
                partial.Delete();
                response.Dispose();
                return await RunAsync(partial, cancellationToken).ConfigureAwait(false);
            default:
                throw Refused(response);
        }
    }

    private bool CanResume(PartialFile partial) =>
        partial.Length > 0 && partial.Note is { } note && note.Url == address.AbsoluteUri && (note.CanBeVerified || request.Sha256 is not null);

    private async Task<HttpResponseMessage> AskAsync(PartialFile partial, bool resume, StallClock clock)
    {
        void Prepare(HttpRequestHeaders headers)
        {
            if (!resume)
            {
                return;
            }

            headers.Range = new RangeHeaderValue(partial.Length, null);
            headers.IfRange = partial.Note switch
            {
                { ETag: { } tag } => new RangeConditionHeaderValue(tag),
                { LastModified: { } made } => new RangeConditionHeaderValue(made),
                _ => null,
            };
        }

        return await clock.WatchAsync(token => new RedirectingSender(client).SendAsync(address, Prepare, token), "the server gave no answer").ConfigureAwait(false);
    }

    private PartialNote NoteOf(HttpResponseMessage response) => new(
        address.AbsoluteUri,
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        response.Content.Headers.LastModified,
        response.Content.Headers.ContentLength);

    /// <summary>Whether an answer goes on where the partial file ends, with the same version.</summary>
    private static bool Continues(HttpResponseMessage response, PartialFile partial)
    {
        var note = partial.Note!;
        return response.Content.Headers.ContentRange is { Unit: "bytes" } range
            && range.From == partial.Length
            && (note.Length is null || range.Length is null || range.Length == note.Length)
            && (note.ETag is null || response.Headers.ETag is not { } tag || tag.Tag == note.ETag)
            && (note.LastModified is null || response.Content.Headers.LastModified is not { } made || made == note.LastModified);
    }

    private void EnsureExpectedLength(long? announced, PartialFile partial)
    {
        if (request.Length is { } expected && announced is { } length && length != expected)
        {
            partial.Delete();
            throw new DownloadException(
                request.Url, $"the server announces {length} bytes, but the file has {expected}. A proxy or a login page may stand between; look at it in a browser.");
        }
    }

    private async Task ReceiveAsync(HttpResponseMessage response, PartialFile partial, bool append, StallClock clock)
    {
        long? announced = append ? response.Content.Headers.ContentRange!.Length : response.Content.Headers.ContentLength;
        long? total = request.Length ?? announced;
        long received = append ? partial.Length : 0;
        EnsureSpace(total - received);
        progress.Report(received, total, always: true);
        byte[] buffer = new byte[1 << 17];
        using var body = await response.Content.ReadAsStreamAsync(clock.Cancelled).ConfigureAwait(false);
        using (var file = partial.Open(append))
        {
            while (await clock.WatchAsync(token => body.ReadAsync(buffer, token).AsTask(), $"the connection broke after {received} bytes").ConfigureAwait(false) is var count and > 0)
            {
                if (received + count > (total ?? options.LongestUnannounced))
                {
                    throw await TooLongAsync(file, partial, total).ConfigureAwait(false);
                }

                await file.WriteAsync(buffer.AsMemory(0, count), clock.Cancelled).ConfigureAwait(false);
                received += count;
                progress.Report(received, total);
            }
        }

        if (received < total)
        {
            throw new TransientFaultException($"the connection ended after {received} of {total} bytes");
        }

        progress.Report(received, total, always: true);
    }

    private async Task<DownloadException> TooLongAsync(FileStream file, PartialFile partial, long? total)
    {
        await file.DisposeAsync().ConfigureAwait(false);
        partial.Delete();
        return new DownloadException(request.Url, total is null
            ? $"the server does not say how long the file is and sent more than {options.LongestUnannounced} bytes; raise {nameof(DownloadOptions.LongestUnannounced)} if that can be."
            : $"the server sends more than the {total} bytes that the file has. What came was deleted.");
    }

    private void EnsureSpace(long? missing)
    {
        if (missing is { } needed && options.FreeSpace(Path.GetFullPath(options.CacheFolder)) is { } free && free < needed)
        {
            throw new DownloadException(
                request.Url,
                $"{needed} bytes are still to come, but the disk of {options.CacheFolder} has {free} free. Free some, or name another folder with {DownloadOptions.CacheVariable}.");
        }
    }

    private Exception Refused(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        string where = MirrorAddress.Remark(request.Url, address);
        string answer = $"the server answered {status} ({response.ReasonPhrase})";
        if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= 500)
        {
            var wish = response.Headers.RetryAfter;
            return new TransientFaultException(answer, wish?.Delta ?? (wish?.Date - options.TimeProvider.GetUtcNow()));
        }

        return new DownloadException(request.Url, response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => $"the server has no such file ({status}){where}. It may have been moved; a newer version of this library may know where to.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => $"{answer}{where}; it does not let you have the file.",
            _ => $"{answer}{where}, where 200 was expected.",
        });
    }
}
