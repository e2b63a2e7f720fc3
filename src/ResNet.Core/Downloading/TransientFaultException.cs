namespace ResNet.Downloading;

/// <summary>An attempt failed in a way that the next one may not.</summary>
/// <param name="found">What happened, as a part of a sentence.</param>
/// <param name="retryAfter">The pause that the server asks for, if it does.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class TransientFaultException(string found, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(found, innerException)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
