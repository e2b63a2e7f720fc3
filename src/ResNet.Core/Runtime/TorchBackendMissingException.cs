namespace ResNet.Runtime;

/// <summary>
/// The program references no native back end: TorchSharp is there, libtorch is not. The message names the packages
/// that bring one.
/// </summary>
public sealed class TorchBackendMissingException : TorchRuntimeException
{
    internal TorchBackendMissingException(string message)
        : base(message)
    {
    }
}
