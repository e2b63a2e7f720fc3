namespace ResNet.Compilation;

/// <summary>Words for precisions.</summary>
internal static class CompilePrecisionExtensions
{
    /// <summary>As logs and messages write it.</summary>
    public static string Name(this CompilePrecision precision) => precision switch
    {
        CompilePrecision.Float32 => "float32",
        CompilePrecision.BFloat16 => "bfloat16",
        _ => "int8",
    };
}
