namespace ResNet.Compilation;

/// <summary>In which numbers a compiled network computes. Sums are float32, or exact, in all of them.</summary>
public enum CompilePrecision
{
    /// <summary>float32: the answers of the model itself, up to the order in which sums are formed.</summary>
    Float32,

    /// <summary>bfloat16 maps and weights: about half the time on processors with AVX-512 BF16, for logits that differ by about a hundredth of their spread.</summary>
    BFloat16,

    /// <summary>
    /// Maps and weights of one byte, the first convolution and the classifier in bfloat16: faster still on processors with AVX-512 VNNI. It needs
    /// <see cref="CompileOptions.CalibrationPictures"/>, and a network whose maps come from a ReLU; pre-activation networks are compiled in bfloat16 instead.
    /// </summary>
    Int8,
}
