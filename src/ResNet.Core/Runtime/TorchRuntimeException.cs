namespace ResNet.Runtime;

/// <summary>
/// Torch cannot be used as asked. The derived types tell the causes apart: no native back end
/// (<see cref="TorchBackendMissingException"/>), one that does not fit this system
/// (<see cref="TorchBackendIncompatibleException"/>), no CUDA (<see cref="CudaUnavailableException"/>), and no mixed
/// precision (<see cref="AutocastUnavailableException"/>).
/// </summary>
public abstract class TorchRuntimeException : InvalidOperationException
{
    private protected TorchRuntimeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
