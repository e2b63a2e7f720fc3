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
        _ => SeedKind.SafeTensors,
    };

    /// <summary>Largest file that is worth mutating: hits on its index become rare, and copying slow.</summary>
    public const int Largest = 64 << 10;
}
