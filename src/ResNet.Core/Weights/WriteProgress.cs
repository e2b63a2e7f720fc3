namespace ResNet.Weights;

/// <summary>Counts what is written of a file, tells it, and ends the writing when it is no longer wanted.</summary>
/// <param name="total">Bytes of all values.</param>
/// <param name="progress">Hears the share that is written, from 0 to 1.</param>
/// <param name="cancellationToken">Asked before every piece.</param>
internal sealed class WriteProgress(long total, IProgress<double>? progress, CancellationToken cancellationToken)
{
    private long _done;

    public void Write(Stream stream, ReadOnlySpan<byte> piece)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(piece);
        _done += piece.Length;
        progress?.Report((double)_done / total);
    }
}
