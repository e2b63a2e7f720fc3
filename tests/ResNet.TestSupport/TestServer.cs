using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ResNet.TestSupport;

/// <summary>An HTTP server on this machine that does what a test tells it to, down to the single byte. Each connection carries one exchange.</summary>
public sealed class TestServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<TestExchange> _exchanges = new();
    private readonly Func<TestExchange, Task> _answer;
    private readonly Task _accepting;
    private int _count;

    public TestServer(Func<TestExchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Root = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Root { get; }

    /// <summary>What was asked so far, in order.</summary>
    public IReadOnlyList<TestExchange> Exchanges => [.. _exchanges];

    public Uri Url(string path) => new(Root, path);

    /// <summary>Ends it; a test may do so before its end, to be without a server.</summary>
    public void Dispose()
    {
        if (_accepting.IsCompleted)
        {
            return;
        }

        _end.Cancel();
        _listener.Stop();
        _accepting.Wait(TimeSpan.FromSeconds(10));
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var exchange = await TestExchange.ReadAsync(client.GetStream(), Interlocked.Increment(ref _count), _end.Token);
                _exchanges.Enqueue(exchange);
                await _answer(exchange);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
