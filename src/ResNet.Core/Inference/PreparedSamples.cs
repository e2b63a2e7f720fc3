using ResNet.Compilation;
using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>Pictures that were cropped already; in bytes, since as floats they would take four times the memory.</summary>
/// <param name="pictures">At least one, all of one size.</param>
/// <param name="normalization">How bytes become numbers.</param>
/// <param name="faults">Of the files that could not be read, a sentence each.</param>
internal sealed class PreparedSamples(IReadOnlyList<RgbImage> pictures, Normalization normalization, IReadOnlyList<string> faults) : PictureSamples
{
    /// <summary>Of the files that could not be read, a sentence each.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <inheritdoc/>
    public override int Count => pictures.Count;

    /// <inheritdoc/>
    public override long Size => 3L * pictures[0].Width * pictures[0].Height;

    /// <inheritdoc/>
    public override Tensor Take(int first, int count) => ImageTensor.FromImages([.. pictures.Skip(first).Take(count)], normalization);
}
