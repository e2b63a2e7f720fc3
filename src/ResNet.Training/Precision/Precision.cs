namespace ResNet.Training;

/// <summary>How the arithmetic of training is done.</summary>
public enum Precision
{
    /// <summary>
    /// The first that a short check at the start finds right on this machine: bfloat16 where the processor has instructions for it, float32 with
    /// channels last in memory, plain float32. The same machine always chooses the same.
    /// </summary>
    Auto,

    /// <summary>32-bit floating point throughout: the reference.</summary>
    Float32,

    /// <summary>Convolutions and matrix products in bfloat16 (autocast); weights, gradients and batch normalisation stay float32.</summary>
    BFloat16,
}
