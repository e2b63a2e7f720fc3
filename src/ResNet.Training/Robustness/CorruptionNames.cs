namespace ResNet.Training;

/// <summary>Corruptions by name, as command lines and files write them.</summary>
public static class CorruptionNames
{
    /// <summary>What stands for every kind.</summary>
    public const string All = "all";

    private static readonly (string Name, CorruptionKind[] Kinds)[] Groups =
    [
        (All, [.. Corruption.AllKinds]),
        ("noise", [CorruptionKind.GaussianNoise, CorruptionKind.ShotNoise, CorruptionKind.ImpulseNoise, CorruptionKind.SpeckleNoise]),
        ("blur", [CorruptionKind.GaussianBlur, CorruptionKind.DefocusBlur, CorruptionKind.MotionBlur]),
    ];

    /// <summary>All names that <see cref="Parse"/> knows: groups first.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Groups.Select(group => group.Name), .. Corruption.AllKinds.Select(Of)];

    /// <summary>The name of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Such as "gaussian-noise" or "jpeg".</returns>
    public static string Of(CorruptionKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    /// <summary>Reads names.</summary>
    /// <param name="text">Names of kinds or groups with commas between, such as "noise,jpeg".</param>
    /// <returns>The kinds, in the enumeration's order, none twice.</returns>
    /// <exception cref="ArgumentException">A name is not known.</exception>
    public static IReadOnlyList<CorruptionKind> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var chosen = text.Split(',', StringSplitOptions.TrimEntries).SelectMany(Kinds).ToHashSet();
        return [.. Corruption.AllKinds.Where(chosen.Contains)];
    }

    private static CorruptionKind[] Kinds(string name)
    {
        bool Matches(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
        if (Array.Find(Groups, group => Matches(group.Name)) is { Kinds: { } kinds })
        {
            return kinds;
        }

        CorruptionKind[] kind = [.. Corruption.AllKinds.Where(kind => Matches(Of(kind)))];
        return kind.Length == 1
            ? kind
            : throw new ArgumentException($"'{name}' is no corruption; there are {string.Join(", ", Known)}, also several with commas between.", nameof(name));
    }
}
