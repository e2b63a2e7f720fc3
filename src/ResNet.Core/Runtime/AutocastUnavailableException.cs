namespace ResNet.Runtime;

/// <summary>Autocast was asked for, and this libtorch does not let it be switched on. The message says what to do.</summary>
public sealed class AutocastUnavailableException : TorchRuntimeException
{
    internal AutocastUnavailableException(string message)
        : base(message)
    {
    }
}
