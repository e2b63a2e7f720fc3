using System.Collections;

namespace ResNet.Imaging;

/// <summary>The names of a network's classes, in the order of its outputs. Two lists are equal when their names are, in order.</summary>
/// <remarks>A name may occur twice: ImageNet has two cranes, the bird and the machine.</remarks>
public sealed class ClassLabels : IReadOnlyList<string>, IEquatable<ClassLabels>
{
    private readonly string[] _names;

    /// <summary>Copies the names.</summary>
    /// <param name="names">At least one name; none of them null or blank.</param>
    /// <exception cref="ArgumentException">There is no name, or one is null or blank.</exception>
    public ClassLabels(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = [.. names];
        int blank = Array.FindIndex(_names, string.IsNullOrWhiteSpace);
        if (_names.Length == 0 || blank >= 0)
        {
            throw new ArgumentException(
                _names.Length == 0 ? "There must be at least one class name." : $"The name of class {blank} is blank; every class needs a name.",
                nameof(names));
        }
    }

    /// <summary>The ten classes of CIFAR-10, in the order of the original data set.</summary>
    public static ClassLabels Cifar10 { get; } =
        new(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    /// <summary>The hundred fine classes of CIFAR-100, in the order and spelling of the original data set: by name, from "apple" to "worm".</summary>
    public static ClassLabels Cifar100 => CifarLabels.Fine;

    /// <summary>The twenty superclasses of CIFAR-100, each of five fine classes, in the order and spelling of the original data set.</summary>
    public static ClassLabels Cifar100Coarse => CifarLabels.Coarse;

    /// <summary>
    /// The thousand classes of ImageNet's challenge (ILSVRC 2012) in the order of torchvision's and timm's networks: by the number of their
    /// WordNet entry, from "tench" to "toilet tissue".
    /// </summary>
    public static ClassLabels ImageNet1k => ImageNetLabels.Value;

    /// <summary>How many classes there are.</summary>
    public int Count => _names.Length;

    /// <summary>The name of one class.</summary>
    /// <param name="index">Index of the network's output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public string this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _names.Length);
            return _names[index];
        }
    }

    /// <summary>Finds a class by its exact name.</summary>
    /// <param name="name">The name, upper and lower case told apart.</param>
    /// <returns>The index of the first class of that name, or -1.</returns>
    public int IndexOf(string name) => Array.IndexOf(_names, name);

    /// <summary>The names most like one that is none of them, for messages: those that contain it first, then by letters to change.</summary>
    /// <param name="name">What was looked for; case does not matter.</param>
    /// <param name="count">How many names, at least 1; all if there are fewer. Default: 3.</param>
    /// <returns>The names, the most similar one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<string> Nearest(string name, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        string wanted = name.ToLowerInvariant();
        return [.. _names.Distinct(StringComparer.Ordinal)
            .OrderByDescending(known => wanted.Length > 0 && known.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .ThenBy(known => NameDistance.Between(known.ToLowerInvariant(), wanted))
            .Take(count)];
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _names.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ClassLabels? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassLabels);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (string name in _names)
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The number of classes and the first names, for people.</summary>
    /// <returns>Such as "10 classes: airplane, automobile, bird, …".</returns>
    public override string ToString() =>
        $"{Count} {(Count == 1 ? "class" : "classes")}: {string.Join(", ", _names.Take(3))}{(Count > 3 ? ", …" : "")}";
}
