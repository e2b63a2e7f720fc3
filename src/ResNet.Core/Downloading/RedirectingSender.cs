using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace ResNet.Downloading;

/// <summary>Asks for a file and follows redirects, but never from https to http.</summary>
internal sealed class RedirectingSender(HttpClient client)
{
    private const int MostRedirects = 10;

    /// <summary>Sends the request; the answer's content is still to be read.</summary>
    /// <param name="url">Where to ask first.</param>
    /// <param name="prepare">Adds headers; called for each hop.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first answer that is no redirect; the caller disposes it.</returns>
    /// <exception cref="DownloadException">The redirects lead nowhere.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(Uri url, Action<HttpRequestHeaders> prepare, CancellationToken cancellationToken)
    {
        var current = url;
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, current);

            // Lengths, ranges and hashes are those of the file as it lies there.
            message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            prepare(message.Headers);
            var response = await SendOneAsync(message, cancellationToken).ConfigureAwait(false);
            var next = response.Headers.Location;
            if (!IsRedirect(response.StatusCode) || next is null)
            {
                EnsureNoDowngrade(url, response.RequestMessage?.RequestUri ?? current, response);
                return response;
            }

            response.Dispose();
            next = next.IsAbsoluteUri ? next : new Uri(current, next);
            if (next.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp)
            {
                throw new DownloadException(url, $"it redirects to {next}, which is no web address.");
            }

            EnsureNoDowngrade(url, next, null);
            current = next;
        }

        throw new DownloadException(url, $"it redirects more than {MostRedirects} times, the last time to {current}; the server seems to send in circles.");
    }

    /// <summary>A certificate that is not trusted does not get better by waiting.</summary>
    private async Task<HttpResponseMessage> SendOneAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException cause)
        {
            throw new DownloadException(message.RequestUri!, $"no trusted connection could be made: {cause.Message}", fault);
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static void EnsureNoDowngrade(Uri asked, Uri next, HttpResponseMessage? response)
    {
        if (asked.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
        {
            response?.Dispose();
            throw new DownloadException(asked, $"it redirects from https to {next}, which anyone on the way could change. It is not followed.");
        }
    }
}
