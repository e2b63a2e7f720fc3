using System.Globalization;
using System.Text;

namespace ResNet.TestSupport;

/// <summary>One request to a <see cref="TestServer"/>, and the way to answer it.</summary>
public sealed class TestExchange
{
    private readonly Stream _stream;
    private readonly Dictionary<string, string> _headers;

    private TestExchange(Stream stream, int number, string path, Dictionary<string, string> headers, CancellationToken end)
    {
        _stream = stream;
        _headers = headers;
        Number = number;
        Path = path;
        End = end;
    }

    /// <summary>1 for the first request that the server heard.</summary>
    public int Number { get; }

    public string Path { get; }

    /// <summary>Cancelled when the test is over.</summary>
    public CancellationToken End { get; }

    /// <summary>A header of the request; null where there is none.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>First byte that is asked for; null where the whole file is.</summary>
    public int? RangeStart => Header("Range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : null;

    public static async Task<TestExchange> ReadAsync(Stream stream, int number, CancellationToken end)
    {
        var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string[] first = (await reader.ReadLineAsync(end) ?? throw new IOException("There was no request.")).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(end) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new TestExchange(stream, number, first[1], headers, end);
    }

    /// <summary>Sends the status line and headers; each header as "Name: value".</summary>
    public async Task HeadAsync(string status, params string[] headers) =>
        await WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n"));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, End);
        await _stream.FlushAsync(End);
    }

    /// <summary>Sends an answer without content.</summary>
    public Task StatusAsync(string status, params string[] headers) => HeadAsync(status, ["Content-Length: 0", .. headers]);

    /// <summary>Answers as a good server does: with the range that is asked for, where the version is still the same.</summary>
    /// <param name="content">The file.</param>
    /// <param name="tag">Its version, in quotes; null for a server that names none.</param>
    /// <param name="cutAfter">Bytes of content after which the connection is cut.</param>
    public async Task FileAsync(byte[] content, string? tag = "\"one\"", int? cutAfter = null)
    {
        int start = RangeStart is { } asked && (Header("If-Range") is not { } wanted || wanted == tag) ? asked : 0;
        string[] version = tag is null ? [] : [$"ETag: {tag}"];
        if (start > 0)
        {
            await HeadAsync(
                "206 Partial Content", [$"Content-Length: {content.Length - start}", $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}", .. version]);
        }
        else
        {
            await HeadAsync("200 OK", [$"Content-Length: {content.Length}", .. version]);
        }

        var rest = content.AsMemory(start);
        await WriteAsync(cutAfter < rest.Length ? rest[..cutAfter.Value] : rest);
    }
}
