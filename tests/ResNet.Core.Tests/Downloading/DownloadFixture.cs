using System.Security.Cryptography;
using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

/// <summary>A file of the web, an empty cache, and options without long pauses.</summary>
internal sealed class DownloadFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DownloadFixture(Func<TestExchange, byte[], Task> answer, int length = 300_000)
    {
        Content = new byte[length];
        new Random(7).NextBytes(Content);
        Server = new TestServer(exchange => answer(exchange, Content));
        Options = new DownloadOptions { CacheFolder = _folder.PathTo("cache"), FirstPause = TimeSpan.FromMilliseconds(1), Mirror = null };
        Request = new DownloadRequest { Url = Server.Url("models/net.pth"), Sha256 = Hash(Content) };
    }

    public byte[] Content { get; }

    public TestServer Server { get; }

    public DownloadOptions Options { get; set; }

    public DownloadRequest Request { get; set; }

    public string Target => Path.Combine(Options.CacheFolder, "net.pth");

    public string Part => Target + ".part";

    /// <summary>The files of the cache, without the folder of locks.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Options.CacheFolder).Select(path => Path.GetFileName(path)!).Order();

    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public async Task<string> GetAsync(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var downloader = new FileDownloader(Options);
        return await downloader.GetAsync(Request, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets a file of the server that no hash is known of.</summary>
    public async Task<string> GetAsync(string address, string? name = null)
    {
        using var downloader = new FileDownloader(Options);
        return await downloader.GetAsync(new DownloadRequest { Url = Server.Url(address), FileName = name }).ConfigureAwait(false);
    }

    public async Task<DownloadException> FailAsync()
    {
        var fault = await FluentActions.Awaiting(() => GetAsync()).Should().ThrowAsync<DownloadException>();
        return fault.Which;
    }

    /// <summary>The right file is there, and nothing of its making.</summary>
    public void ShouldBeComplete()
    {
        File.ReadAllBytes(Target).Should().Equal(Content);
        Files.Should().Equal("net.pth", "net.pth.sha256");
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }
}
