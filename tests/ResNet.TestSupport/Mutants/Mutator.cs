using System.Text;
using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;

namespace ResNet.TestSupport.Mutants;

/// <summary>Makes mutants of good files. Mutant number n of a seed number is always the same bytes.</summary>
public sealed class Mutator
{
    private readonly IReadOnlyList<Seed> _files;
    private readonly ZipBytes?[] _archives;
    private readonly int _seed;

    /// <param name="files">The good files.</param>
    /// <param name="seed">Any number.</param>
    public Mutator(IReadOnlyList<Seed> files, int seed)
    {
        _files = files;
        _seed = seed;
        _archives = [.. files.Select(file => file.Kind == SeedKind.Zip ? ZipBytes.Parse(file.Bytes) : null)];
    }

    /// <summary>Makes a mutant.</summary>
    /// <param name="number">Which one, from 0.</param>
    /// <returns>The bytes, and the name of the file that they were made of.</returns>
    public (byte[] Bytes, string Of) Mutant(long number)
    {
        var random = RandomOf(number);
        int index = random.Next(_files.Count);
        var file = _files[index];
        byte[] bytes = random.Next(4) switch
        {
            0 => Blind(file.Bytes, random),
            1 => ByteMutation.Once(file.Bytes, random),
            _ => Aware(index, random),
        };
        return (bytes, file.Name);
    }

    /// <summary>The good file that a mutant is made of.</summary>
    /// <param name="number">Which mutant.</param>
    public Seed FileOf(long number) => _files[RandomOf(number).Next(_files.Count)];

    /// <summary>Every third mutant is read with unknown objects allowed.</summary>
    public static StateDictReadOptions OptionsOf(long number) => new() { AllowUnknownGlobals = number % 3 == 0 };

    private Random RandomOf(long number) => new(unchecked((_seed * 486_187_739) + (int)(number ^ (number >> 32))));

    private byte[] Blind(byte[] bytes, Random random)
    {
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            bytes = random.Next(12) == 0
                ? ByteMutation.Splice(bytes, _files[random.Next(_files.Count)].Bytes, random)
                : ByteMutation.Once(bytes, random);
        }

        return bytes;
    }

    /// <summary>Changes what the format says, and keeps right what surrounds it, so that the reader does not stop at the surroundings.</summary>
    private byte[] Aware(int index, Random random)
    {
        byte[] bytes = _files[index].Bytes;
        return _files[index].Kind switch
        {
            SeedKind.Zip when random.Next(3) == 0 && _archives[index]!.Records.Exists(ZipMutation.IsMetadata) => ZipMutation.OfMetadata(_archives[index]!, random),
            SeedKind.Zip when random.Next(3) > 0 => ZipMutation.OfPickle(_archives[index]!, random),
            SeedKind.Zip => ZipMutation.OfFields(_archives[index]!, random),
            SeedKind.Legacy => PickleMutation.Of(bytes, random),
            SeedKind.Json => Encoding.UTF8.GetBytes(JsonMutation.OfText(Encoding.UTF8.GetString(bytes), random)),
            SeedKind.SafeTensors when random.Next(2) == 0 => JsonMutation.OfMetadata(bytes, random),
            SeedKind.SafeTensors => JsonMutation.Of(bytes, random),
            _ => ByteMutation.Once(bytes, random),
        };
    }
}
