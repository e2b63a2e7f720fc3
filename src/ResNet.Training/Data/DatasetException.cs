namespace ResNet.Training;

/// <summary>A data set cannot be used as it is; the message says what was expected, what was found, and what to do.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected, what was found, what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DatasetException(string message, Exception? innerException = null)
        : base(VisibleText.Lines(message), innerException)
    {
    }
}
