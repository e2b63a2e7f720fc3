using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierAsyncTests : IDisposable
{
    private readonly ClassifierPictures _pictures = new();
    private readonly ImageClassifier _classifier = ImageClassifier.FromFile(Version1FileTests.Path);

    public void Dispose()
    {
        _classifier.Dispose();
        _pictures.Dispose();
    }

    [Fact]
    public async Task Path_stream_bytes_and_picture_are_answered_as_without_waiting()
    {
        string path = _pictures.File(1);
        var answer = _classifier.Classify(path, 2);
        (await _classifier.ClassifyAsync(path, 2)).Should().Equal(answer);
        (await _classifier.ClassifyAsync(await File.ReadAllBytesAsync(path), 2)).Should().Equal(answer);
        (await _classifier.ClassifyAsync(ImageDecoder.Decode(path), 2)).Should().Equal(answer);
        await using var stream = new AsyncOnlyStream(File.OpenRead(path));
        (await _classifier.ClassifyAsync(stream, 2)).Should().Equal(answer);
    }

    [Fact]
    public async Task Faults_reach_the_caller()
    {
        await _classifier.Invoking(c => c.ClassifyAsync(_pictures.PathTo("missing.png"))).Should().ThrowAsync<FileNotFoundException>();
        await _classifier.Invoking(c => c.ClassifyAsync(_pictures.Broken())).Should().ThrowAsync<ImageFormatException>();
        await _classifier.Invoking(c => c.ClassifyAsync(_pictures.File(1), 0)).Should().ThrowAsync<ArgumentOutOfRangeException>();
        await _classifier.Invoking(c => c.ClassifyAsync((RgbImage)null!)).Should().ThrowAsync<ArgumentNullException>();
        _classifier.Dispose();
        await _classifier.Invoking(c => c.ClassifyAsync(_pictures.File(1))).Should().ThrowAsync<ObjectDisposedException>();
        await _classifier.Invoking(c => c.ClassifyAsync(Stream.Null)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Cancelled_calls_end()
    {
        var cancelled = new CancellationToken(canceled: true);
        await _classifier.Invoking(c => c.ClassifyAsync(_pictures.File(1), cancellationToken: cancelled)).Should().ThrowAsync<OperationCanceledException>();

        using var source = new CancellationTokenSource();
        await using var endless = new AsyncOnlyStream(new EndlessStream());
        var waiting = _classifier.ClassifyAsync(endless, cancellationToken: source.Token);
        await source.CancelAsync();
        await waiting.Invoking(task => task.WaitAsync(TimeSpan.FromSeconds(60))).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>A web server's body: synchronous reads are refused.</summary>
    private sealed class AsyncOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner is EndlessStream endless ? endless.WaitAsync(cancellationToken) : inner.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A client that sends nothing.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public async ValueTask<int> WaitAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
