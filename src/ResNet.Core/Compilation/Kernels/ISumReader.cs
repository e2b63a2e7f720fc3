using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Sums of products as floats, however the product's kernel writes them.</summary>
internal unsafe interface ISumReader
{
    /// <summary>A vector of sums.</summary>
    static abstract Vector512<float> Load(float* sums);

    /// <summary>One sum.</summary>
    static abstract float Read(float* sum);
}
