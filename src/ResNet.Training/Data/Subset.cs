using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Some pictures of another data set, in an order of their own. Labels stay those of the whole.</summary>
public sealed class Subset : ISizedDataset, IPixelIdentity
{
    private readonly IImageDataset _dataset;
    private readonly int[] _indices;

    /// <summary>Chooses pictures.</summary>
    /// <param name="dataset">The data set to choose from.</param>
    /// <param name="indices">Which pictures, each 0 to the data set's count - 1; copied. The same one may occur more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data set has no picture of such an index.</exception>
    public Subset(IImageDataset dataset, IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(indices);
        _dataset = dataset;
        _indices = [.. indices];
        foreach (int index in _indices)
        {
            if (index < 0 || index >= dataset.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(indices), index, Invariant($"The data set has {dataset.Count} pictures, so indices must be 0 to {dataset.Count - 1}."));
            }
        }
    }

    /// <inheritdoc/>
    public int Count => _indices.Length;

    /// <inheritdoc/>
    public ClassLabels Labels => _dataset.Labels;

    /// <summary>For each picture, its index in the data set that it was chosen from.</summary>
    public IReadOnlyList<int> Indices => _indices;

    string IPixelIdentity.PixelIdentity => IPixelIdentity.Of(_dataset);

    /// <inheritdoc/>
    public int LabelOf(int index) => _dataset.LabelOf(Inner(index));

    /// <inheritdoc/>
    public string NameOf(int index) => _dataset.NameOf(Inner(index));

    /// <inheritdoc/>
    public ImageSample Read(int index) => _dataset.Read(Inner(index));

    /// <inheritdoc/>
    public int Read(int index, ImageCanvas canvas) => _dataset.Read(Inner(index), canvas);

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index) => SizedDatasets.SizeOf(_dataset, Inner(index));

    private int Inner(int index)
    {
        DatasetIndex.Check(index, Count);
        return _indices[index];
    }
}
