using System.Text;

namespace ResNet.Cli;

/// <summary>
/// Writes on where it can: a terminal that was closed, a full disk under a log or a closed stream must not end the work, whose files have room. What cannot
/// be written is dropped.
/// </summary>
/// <param name="target">What is written to. Null: it was closed before the program began.</param>
/// <param name="failed">Hears of the first failure, after which nothing more is written, so that no result has a gap. Null: nobody, and each text is tried.</param>
/// <param name="isUnread">Whether nobody reads any more, which is a failure that .NET does not report. Null: not asked.</param>
internal sealed class ForgivingWriter(TextWriter? target, Action<string>? failed = null, Func<bool>? isUnread = null) : TextWriter
{
    private bool _isClosed;

    public override Encoding Encoding => target?.Encoding ?? Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_isClosed)
        {
            return;
        }

        if (target is null)
        {
            Fail("it is closed");
            return;
        }

        try
        {
            target.Write(buffer);
            target.Flush();
            if (isUnread?.Invoke() == true)
            {
                Fail(Terminal.NobodyReads);
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fail(ex.Message);
        }
    }

    public override void Write(string? value) => Write(value.AsSpan());

    /// <summary>In one piece, so that lines of several threads do not mix.</summary>
    public override void WriteLine(string? value) => Write(value + NewLine);

    private void Fail(string message)
    {
        _isClosed = failed is not null;
        failed?.Invoke(message);
    }
}
