using System.Globalization;

namespace ResNet.Training.Tests;

/// <summary>The part of a test that another process plays: tests run this assembly as a program, and may kill it.</summary>
internal static class Program
{
    /// <summary>Writes a packed cache of shapes and tells how far it is: the arguments are the file, and how many pictures.</summary>
    public static int Main(string[] args)
    {
        if (args is not [var path, var count])
        {
            Console.Error.WriteLine("Tests are run by 'dotnet test'. As a program: FILE COUNT.");
            return 2;
        }

        var shapes = new SyntheticShapes(int.Parse(count, CultureInfo.InvariantCulture), size: 64);
        using var cache = PackedCache.OpenOrCreate(
            shapes, path, progress: new ImmediateProgress<PackedCacheProgress>(progress => Console.WriteLine(progress.Done)));
        Console.WriteLine($"made because {cache.MadeBecause ?? "nothing"}");
        return 0;
    }
}
