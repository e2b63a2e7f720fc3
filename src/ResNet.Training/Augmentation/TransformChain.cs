using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Transforms applied one after another, all drawing from the same generator. Two chains are equal when their parts are, in order.</summary>
public sealed partial record TransformChain : ITransform
{
    private readonly ITransform[] _transforms;

    /// <summary>Chains transforms.</summary>
    /// <param name="transforms">In the order in which they are applied. None: pictures stay as they are.</param>
    public TransformChain(params IEnumerable<ITransform> transforms)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        _transforms = [.. transforms];
        Transforms = Array.AsReadOnly(_transforms);
    }

    /// <summary>The transforms, in the order in which they are applied.</summary>
    public IReadOnlyList<ITransform> Transforms { get; }

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        // By index: the enumerator of a list behind an interface would be an allocation for every picture.
        for (int i = 0; i < _transforms.Length; i++)
        {
            _transforms[i].Apply(canvas, random);
        }
    }

    /// <summary>Whether both apply equal transforms in the same order.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True when all parts are equal.</returns>
    public bool Equals(TransformChain? other) => other is not null && Transforms.SequenceEqual(other.Transforms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ITransform transform in Transforms)
        {
            hash.Add(transform);
        }

        return hash.ToHashCode();
    }

    /// <summary>The transforms, in the order in which they are applied, for people.</summary>
    /// <returns>Such as "PadAndCrop { Padding = 4 }, HorizontalFlip { Probability = 0.5 }".</returns>
    public override string ToString() => _transforms.Length == 0 ? "no transform" : string.Join(", ", Transforms);
}
