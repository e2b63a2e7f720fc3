using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// The built-in data set: one shape a picture, drawn when it is read, in a colour, size, place and rotation of its own before a background of
/// gradients, stripes, checks or blobs, under noise. It needs no download, and a small network learns it in minutes.
/// </summary>
/// <remarks>
/// A picture depends on seed, index and size alone. Neighbouring indices are of different classes, so that every class has the same number of
/// pictures, give or take one. Use another seed for the test set than for the training set.
/// </remarks>
public sealed class SyntheticShapes : ISizedDataset, IPixelIdentity
{
    private readonly int _seed;

    /// <summary>Describes a data set; nothing is drawn yet.</summary>
    /// <param name="count">How many pictures, at least 1.</param>
    /// <param name="size">Width and height of every picture in pixels, at least 16. Default: 32.</param>
    /// <param name="seed">Other seeds give other pictures. Default: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1 or the size below 16.</exception>
    public SyntheticShapes(int count, int size = 32, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        Count = count;
        Size = size;
        _seed = seed;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Width and height of every picture in pixels.</summary>
    public int Size { get; }

    /// <summary>The twelve shapes, from arrow to triangle.</summary>
    public ClassLabels Labels { get; } = new(Enum.GetNames<ShapeKind>().Select(name => name.ToLowerInvariant()));

    string IPixelIdentity.PixelIdentity => Invariant($"{Size}");

    /// <inheritdoc/>
    public int LabelOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return index % Labels.Count;
    }

    /// <inheritdoc/>
    public string NameOf(int index) => Invariant($"{Labels[LabelOf(index)]} (shape {index} of seed {_seed})");

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return new PictureSize(Size, Size);
    }

    /// <inheritdoc/>
    public ImageSample Read(int index)
    {
        int label = LabelOf(index);
        var random = SampleRandom.For(_seed, SampleRandom.ShapeStream, index);
        return new ImageSample(ShapePainter.Paint((ShapeKind)label, Size, random), label);
    }
}
