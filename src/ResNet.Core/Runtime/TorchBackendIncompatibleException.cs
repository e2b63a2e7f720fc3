namespace ResNet.Runtime;

/// <summary>
/// A native back end is there, but this system cannot load it; most often because its libstdc++ or its glibc is too
/// old. The message says what was found, what is needed and what to do.
/// </summary>
public sealed class TorchBackendIncompatibleException : TorchRuntimeException
{
    internal TorchBackendIncompatibleException(string message, IReadOnlyList<string> missingVersions, Exception? innerException)
        : base(message, innerException)
    {
        MissingVersions = missingVersions;
    }

    /// <summary>The symbol versions that the system does not have, such as <c>GLIBCXX_3.4.32</c> or <c>GLIBC_2.34</c>.</summary>
    /// <value>Empty where the cause is another one; the message tells it.</value>
    public IReadOnlyList<string> MissingVersions { get; }
}
