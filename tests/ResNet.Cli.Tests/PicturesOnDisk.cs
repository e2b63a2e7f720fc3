using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli.Tests;

/// <summary>Drawn pictures as files in folders of their classes.</summary>
internal static class PicturesOnDisk
{
    /// <summary>One file of the given name.</summary>
    public static void WriteOne(string path) => ImageEncoder.SavePng(new SyntheticShapes(1, 32, 0).Read(0).Image, path);

    public static void Write(string root, int trainCount, int testCount)
    {
        foreach (var (part, seed, count) in new[] { ("train", 0, trainCount), ("test", 1, testCount) })
        {
            var shapes = new SyntheticShapes(count, 32, seed);
            for (int i = 0; i < count; i++)
            {
                var sample = shapes.Read(i);
                string folder = Directory.CreateDirectory(Path.Combine(root, part, shapes.Labels[sample.Label])).FullName;
                ImageEncoder.SavePng(sample.Image, Path.Combine(folder, $"{i:D4}.png"));
            }
        }
    }
}
