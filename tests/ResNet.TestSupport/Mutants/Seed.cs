namespace ResNet.TestSupport.Mutants;

/// <summary>A good file that mutants are made of.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Bytes">The file.</param>
public sealed record Seed(string Name, byte[] Bytes)
{
    public SeedKind Kind { get; } = Bytes switch
    {
        [(byte)'P', (byte)'K', ..] => SeedKind.Zip,
        [0x80, ..] => SeedKind.Legacy,
        [(byte)'{', ..] => SeedKind.Json,
        [_, _, _, _, _, _, _, _, (byte)'{', ..] => SeedKind.SafeTensors,
        _ => SeedKind.Other,
    };

    /// <summary>Name of the file where it must have one; null where it is read as a stream of bytes.</summary>
    public string? FileName { get; init; }

    /// <summary>Good files beside it, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Beside { get; init; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>Largest file that is worth mutating: hits on its index become rare, and copying slow.</summary>
    public const int Largest = 64 << 10;
}
