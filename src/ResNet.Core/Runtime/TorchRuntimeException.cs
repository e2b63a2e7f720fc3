namespace ResNet.Runtime;

/// <summary>
/// Torch cannot be used as asked. The three derived types tell the three causes apart: no native back end
/// (<see cref="TorchBackendMissingException"/>), one that does not fit this system
/// (<see cref="TorchBackendIncompatibleException"/>), and no CUDA (<see cref="CudaUnavailableException"/>).
/// </summary>
public abstract class TorchRuntimeException : InvalidOperationException
{
    private protected TorchRuntimeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
