namespace ResNet.Runtime;

/// <summary>
/// A CUDA device was asked for and is not there. The message says whether the back end has CUDA at all, and what to do.
/// </summary>
public sealed class CudaUnavailableException : TorchRuntimeException
{
    internal CudaUnavailableException(string message)
        : base(message)
    {
    }
}
