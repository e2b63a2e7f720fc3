namespace ResNet.Compilation;

/// <summary>What a compiled network runs on.</summary>
public enum CompiledEngine
{
    /// <summary>This library's fused steps on oneDNN's small matrix products: x64 Linux with the libtorch that this library was made for.</summary>
    Fused,

    /// <summary>Torch's own operations on folded weights, in place: anywhere, and on CUDA.</summary>
    Folded,
}
