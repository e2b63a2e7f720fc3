using System.Globalization;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>The part of a test that another process plays: tests run this assembly as a program, and may kill it.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["cache", var path, var count]:
                MakeCache(path, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["checkpoints", var folder, var count]:
                WriteCheckpoints(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine("Tests are run by 'dotnet test'. As a program: cache FILE COUNT, or checkpoints FOLDER COUNT.");
                return 2;
        }
    }

    /// <summary>Writes a packed cache of shapes and tells how far it is.</summary>
    private static void MakeCache(string path, int count)
    {
        var shapes = new SyntheticShapes(count, size: 64);
        using var cache = PackedCache.OpenOrCreate(
            shapes, path, progress: new ImmediateProgress<PackedCacheProgress>(progress => Console.WriteLine(progress.Done)));
        Console.WriteLine($"made because {cache.MadeBecause ?? "nothing"}");
    }

    /// <summary>Writes checkpoints of 400 kB until one cannot be written, and tells why and what can be read afterwards.</summary>
    private static void WriteCheckpoints(string path, int count)
    {
        var folder = new CheckpointFolder(path, count);
        try
        {
            for (int iteration = 1; iteration <= count; iteration++)
            {
                using var values = torch.full(100_000, iteration, torch.ScalarType.Float32);
                folder.Write(new Checkpoint(iteration, [KeyValuePair.Create("velocity", values)], []), null);
            }
        }
        catch (CheckpointException fault)
        {
            Console.WriteLine(fault.Message);
        }

        using var newest = folder.Newest([]);
        Console.WriteLine($"newest: {Path.GetFileName(newest?.Path) ?? "none"}");
        Console.WriteLine($"files: {(Directory.Exists(path) ? Directory.GetFiles(path).Length : 0)}");
    }
}
