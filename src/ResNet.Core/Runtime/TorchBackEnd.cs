namespace ResNet.Runtime;

/// <summary>The native half of torch that a program has.</summary>
public enum TorchBackEnd
{
    /// <summary>None, or one that cannot be loaded.</summary>
    None,

    /// <summary>libtorch built for the CPU alone.</summary>
    Cpu,

    /// <summary>libtorch built for CUDA; whether a GPU is there is another question.</summary>
    Cuda,
}
