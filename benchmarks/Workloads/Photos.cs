using System.Diagnostics;
using ResNet.Imaging;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Photos a second, on one thread: decode, shorter side to 256, centre crop of 224.</summary>
internal sealed class Photos(string folder) : IWorkload
{
    public const string Kind = "photos";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public double Run()
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(ImageFileExtensions.IsImage)
            .Order(StringComparer.Ordinal)
            .Take(200)];
        if (files.Length == 0)
        {
            throw new InvalidOperationException($"{folder} has no photos ({string.Join(", ", ImageFileExtensions.All)}); pass a folder which has some.");
        }

        Read(files[0]);
        int count = 0;
        var watch = Stopwatch.StartNew();

        // Whole passes only, so that every round reads the same mixture of sizes.
        do
        {
            foreach (string file in files)
            {
                Read(file);
            }

            count += files.Length;
        }
        while (watch.Elapsed < Duration);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static void Read(string file) => _ = Preprocessing.ImageNet.Apply(ImageDecoder.Decode(file));
}
