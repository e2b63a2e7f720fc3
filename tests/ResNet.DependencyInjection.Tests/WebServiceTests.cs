using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.DependencyInjection.Tests;

/// <summary>The web application of docs/getting-started.md, asked over HTTP.</summary>
public sealed class WebServiceTests : IClassFixture<ModelFolder>, IAsyncLifetime, IDisposable
{
    private readonly LogLines _log = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    public WebServiceTests(ModelFolder files)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddImageClassifier(options =>
        {
            options.WeightsPath = files.Complete;
            options.Engine = EngineChoice.Eager;
            (options.MaxPixelCount, options.MaxByteCount, options.MaxConcurrentDecodes, options.MaxQueueLength) = (10_000, 1 << 20, 1, 0);
        });
        _app = builder.Build();
        _app.MapPost("/classify", async (
            HttpRequest request, HttpResponse response, ImageClassifier classifier, ILogger<ImageClassifier> log, CancellationToken cancellation) =>
        {
            try
            {
                return Results.Ok(await classifier.ClassifyAsync(request.Body, top: 3, cancellation));
            }
            catch (Exception error) when (ImageProblem.Of(error) is { } problem)
            {
                log.LogInformation("{Problem}", problem);
                if (problem.RetryAfter is { } delay)
                {
                    response.Headers.RetryAfter = $"{delay.TotalSeconds:F0}";
                }

                return Results.Problem(problem.Detail, title: problem.Title, statusCode: problem.StatusCode);
            }
        });
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task An_image_is_answered_with_its_classes()
    {
        var answer = await _client.PostAsync("classify", Body(ImageOf(50, 40)));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength().Should().Be(3);
    }

    [Fact]
    public async Task What_is_no_image_is_a_bad_request_and_one_line_in_the_log()
    {
        await ShouldBe(await _client.PostAsync("classify", Body("<html>"u8.ToArray())), HttpStatusCode.BadRequest, "the stream: expected a JPEG*but found HTML*");
        await ShouldBe(await _client.PostAsync("classify", Body(ImageOf(50, 40)[..200])), HttpStatusCode.BadRequest, "*cut off*");

        _log.OfLevel(LogLevel.Warning).Should().BeEmpty("nothing went wrong in the service");
        _log.Of("ResNet.Inference.ImageClassifier").Where(line => line.StartsWith("400", StringComparison.Ordinal)).Should().HaveCount(2)
            .And.OnlyContain(line => !line.Contains('\n'));
    }

    [Fact]
    public async Task Images_of_many_pixels_or_bytes_are_too_large()
    {
        await ShouldBe(await _client.PostAsync("classify", Body(ImageOf(101, 100))), HttpStatusCode.RequestEntityTooLarge, "*101x100, 10100 pixels*");
        await ShouldBe(
            await _client.PostAsync("classify", Body([.. ImageOf(50, 40), .. new byte[1 << 20]])), HttpStatusCode.RequestEntityTooLarge, "*at most 1048576 are allowed*");
    }

    [Fact]
    public async Task A_full_queue_is_unavailable_for_a_while()
    {
        using var upload = new SlowUpload(ImageOf(50, 40));
        var first = _client.PostAsync("classify", upload);
        await upload.Begun;
        var answer = await WhileFull();

        upload.Release();
        (await first).StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        await ShouldBe(answer, HttpStatusCode.ServiceUnavailable, "1 images are being classified or wait for it*");

        // The service may take the second request on before the first, whose body is still under way.
        async Task<HttpResponseMessage> WhileFull()
        {
            for (int attempt = 0; ; attempt++)
            {
                var now = await _client.PostAsync("classify", Body(ImageOf(50, 40)));
                if (now.StatusCode == HttpStatusCode.ServiceUnavailable || attempt == 200)
                {
                    return now;
                }

                await Task.Delay(10);
            }
        }
    }

    [Fact]
    public void Errors_that_are_not_the_senders_are_no_problem_of_theirs()
    {
        ImageProblem.Of(new InvalidOperationException("x")).Should().BeNull();
        ImageProblem.Of(new ObjectDisposedException("x")).Should().BeNull();
        ImageProblem.Of(new ImageFormatException("a\nb", "\u001b[31mred")).Should().Be(
            new ImageProblem(400, "The image cannot be read.", @"a\nb: \u001B[31mred", RetryAfter: null), "names come from strangers, and go into logs");
    }

    private static async Task ShouldBe(HttpResponseMessage answer, HttpStatusCode status, string detail)
    {
        answer.StatusCode.Should().Be(status);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().Should().Match(detail);
    }

    private static ByteArrayContent Body(byte[] bytes) => new(bytes);

    private static byte[] ImageOf(int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        new Random(1).NextBytes(pixels);
        return ImageEncoder.ToPng(new RgbImage(width, height, pixels));
    }

    /// <summary>A body whose second half comes when the test says so.</summary>
    private sealed class SlowUpload(byte[] content) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Release() => _released.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, content.Length / 2));
            await stream.FlushAsync();
            _begun.SetResult();
            await _released.Task;
            await stream.WriteAsync(content.AsMemory(content.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }

    private sealed class LogLines : ILoggerProvider
    {
        private readonly List<(string Category, LogLevel Level, string Text)> _lines = [];

        public List<string> Of(string category) => Select(line => line.Category == category);

        public List<string> OfLevel(LogLevel lowest) => Select(line => line.Level >= lowest);

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private List<string> Select(Func<(string Category, LogLevel Level, string Text), bool> chosen)
        {
            lock (_lines)
            {
                return [.. _lines.Where(chosen).Select(line => line.Text)];
            }
        }

        private sealed class Logger(LogLines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (lines._lines)
                {
                    lines._lines.Add((category, logLevel, formatter(state, exception) + (exception is null ? string.Empty : $"\n{exception}")));
                }
            }
        }
    }
}
