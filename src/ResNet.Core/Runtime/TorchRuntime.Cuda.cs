namespace ResNet.Runtime;

/// <content>Switches of CUDA. They can be set where there is no CUDA, and then change nothing.</content>
public static partial class TorchRuntime
{
    /// <summary>Whether CUDA may multiply float32 in TensorFloat32, whose mantissa has 10 bits: many times as fast on GPUs since Ampere.</summary>
    /// <value>Default: false, for matrix products; libtorch itself lets cuDNN's convolutions use it until this is set, to either value.
    /// Applies to the whole process; stays false where this libtorch cannot be told.</value>
    /// <exception cref="TorchRuntimeException">Torch cannot be loaded.</exception>
    public static bool AllowTensorFloat32
    {
        get
        {
            EnsureLoaded();
            return LibTorchExports.AllowsTensorFloat32;
        }

        set
        {
            EnsureLoaded();
            LibTorchExports.AllowTensorFloat32(value);
        }
    }

    /// <summary>
    /// Whether cuDNN tries its algorithms at the first convolution of every shape and keeps the fastest: worth it where shapes repeat, as in
    /// training. Results may then differ in their last bits from run to run.
    /// </summary>
    /// <value>Default: false. Applies to the whole process; stays false where this libtorch cannot be told.</value>
    /// <exception cref="TorchRuntimeException">Torch cannot be loaded.</exception>
    public static bool SearchFastestConvolutions
    {
        get
        {
            EnsureLoaded();
            return LibTorchExports.SearchesFastestConvolutions;
        }

        set
        {
            EnsureLoaded();
            LibTorchExports.SearchFastestConvolutions(value);
        }
    }
}
