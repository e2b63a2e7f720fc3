using System.Globalization;

namespace ResNet.Weights;

/// <summary>What Caffe's and Caffe2's names have in common: branch 1 is the projection, branch 2a, 2b, 2c are the convolutions of a block.</summary>
internal static class BranchNames
{
    /// <param name="stage">2 to 5, the stem being 1.</param>
    /// <param name="block">Index of the block in its stage, from 0.</param>
    /// <param name="branch">1, 2a, 2b or 2c.</param>
    /// <param name="isNormalization">Whether it is the normalisation after the convolution.</param>
    /// <param name="rest">Such as weight or running_mean.</param>
    public static string ToModel(int stage, int block, string branch, bool isNormalization, string rest)
    {
        string layer = branch == "1"
            ? $"downsample.{(isNormalization ? 1 : 0)}"
            : string.Create(CultureInfo.InvariantCulture, $"{(isNormalization ? "bn" : "conv")}{branch[1] - 'a' + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"layer{stage - 1}.{block}.{layer}.{rest}");
    }
}
