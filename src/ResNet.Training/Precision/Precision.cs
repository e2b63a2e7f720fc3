namespace ResNet.Training;

/// <summary>How the arithmetic of training is done.</summary>
public enum Precision
{
    /// <summary>The fastest that a short check at the start finds right on this machine; float32 where nothing else is.</summary>
    Auto,

    /// <summary>32-bit floating point throughout: the reference.</summary>
    Float32,

    /// <summary>Convolutions and matrix products in bfloat16 (autocast); weights, gradients and batch normalisation stay float32.</summary>
    BFloat16,
}
