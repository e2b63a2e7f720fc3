using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Several data sets one after another, as one.</summary>
public sealed class ConcatenatedDataset : ISizedDataset, IPixelIdentity
{
    private readonly IImageDataset[] _parts;
    private readonly int[]?[] _maps;
    private readonly int[] _ends;

    /// <summary>Joins data sets of the same classes.</summary>
    /// <param name="parts">The data sets, at least one; their labels must be equal, in order.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="DatasetException">The labels differ, or there are more pictures than an index can count.</exception>
    public ConcatenatedDataset(IEnumerable<IImageDataset> parts)
        : this(parts, labels: null)
    {
    }

    /// <summary>Joins data sets whose classes have the same names, in whatever order, or of which some have fewer.</summary>
    /// <param name="parts">The data sets, at least one. Their classes are found in <paramref name="labels"/> by name.</param>
    /// <param name="labels">The classes of the whole. Null: those of the parts, which must be equal, in order.</param>
    /// <exception cref="ArgumentException">There is no part.</exception>
    /// <exception cref="DatasetException">A class of a part is not among the labels, or is there twice; or there are more pictures than an index
    /// can count.</exception>
    public ConcatenatedDataset(IEnumerable<IImageDataset> parts, ClassLabels? labels)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = [.. parts];
        if (_parts.Length == 0)
        {
            throw new ArgumentException("There must be at least one data set.", nameof(parts));
        }

        Labels = labels ?? _parts[0].Labels;
        _maps = [.. _parts.Select((part, i) => MapOf(part.Labels, i, isGiven: labels is not null))];
        long total = _parts.Sum(part => (long)part.Count);
        if (total > int.MaxValue)
        {
            throw new DatasetException(Invariant($"The data sets hold {total} pictures together; at most {int.MaxValue} can be counted."));
        }

        int end = 0;
        _ends = [.. _parts.Select(part => end += part.Count)];
    }

    /// <inheritdoc/>
    public int Count => _ends[^1];

    /// <inheritdoc/>
    public ClassLabels Labels { get; }

    string IPixelIdentity.PixelIdentity => string.Join('\n', _parts.Select(IPixelIdentity.Of));

    /// <inheritdoc/>
    public int LabelOf(int index)
    {
        (int part, int inner) = Find(index);
        return Mapped(part, _parts[part].LabelOf(inner));
    }

    /// <inheritdoc/>
    public string NameOf(int index)
    {
        (int part, int inner) = Find(index);
        return _parts[part].NameOf(inner);
    }

    /// <inheritdoc/>
    public ImageSample Read(int index)
    {
        (int part, int inner) = Find(index);
        ImageSample sample = _parts[part].Read(inner);
        return _maps[part] is null ? sample : sample with { Label = Mapped(part, sample.Label) };
    }

    /// <inheritdoc/>
    public int Read(int index, ImageCanvas canvas)
    {
        (int part, int inner) = Find(index);
        return Mapped(part, _parts[part].Read(inner, canvas));
    }

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index)
    {
        (int part, int inner) = Find(index);
        return SizedDatasets.SizeOf(_parts[part], inner);
    }

    private int Mapped(int part, int label) => _maps[part] is { } map ? map[label] : label;

    private (int Part, int Inner) Find(int index)
    {
        DatasetIndex.Check(index, Count);
        int part = 0;
        while (index >= _ends[part])
        {
            part++;
        }

        return (part, part == 0 ? index : index - _ends[part - 1]);
    }

    private int[]? MapOf(ClassLabels own, int part, bool isGiven)
    {
        if (own.Equals(Labels))
        {
            return null;
        }

        if (!isGiven)
        {
            throw new DatasetException(
                Invariant($"The classes of the data sets 0 and {part} differ: {Labels} and {own}. Give the labels of the whole to have them mapped by name."));
        }

        string[] unknown = [.. own.Where(name => Labels.IndexOf(name) < 0)];
        string[] twice = [.. own.Where(name => Labels.Count(label => label == name) > 1)];
        if (unknown.Length > 0 || twice.Length > 0)
        {
            throw new DatasetException(
                Invariant($"Data set {part} has classes that cannot be found in the given {Labels}: not there are {DatasetLayout.Names(unknown)}; ")
                + $"there twice are {DatasetLayout.Names(twice)}. Give labels that hold each of its classes once.");
        }

        return [.. own.Select(Labels.IndexOf)];
    }
}
