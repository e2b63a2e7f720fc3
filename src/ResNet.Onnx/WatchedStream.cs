using ResNet.Weights;

namespace ResNet.Onnx;

/// <summary>Passes on what is written, and tells how much it was; the stream behind it stays open.</summary>
internal sealed class WatchedStream(Stream inner, WriteProgress progress) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("Nobody asks for the length.");

    public override long Position
    {
        get => throw new NotSupportedException("Nobody asks for the position.");
        set => throw new NotSupportedException("Nobody moves in it.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => progress.Write(inner, buffer);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Written only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Nobody moves in it.");

    public override void SetLength(long value) => throw new NotSupportedException("Nobody sets the length.");
}
