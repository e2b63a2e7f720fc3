using System.Globalization;

namespace ResNet.Imaging;

/// <summary>Reads the names of ImageNet's classes from the assembly, once they are asked for.</summary>
internal static class ImageNetLabels
{
    private const string Resource = "imagenet-1k.tsv";
    private static readonly Lazy<ClassLabels> Labels = new(Read);

    public static ClassLabels Value => Labels.Value;

    private static ClassLabels Read()
    {
        using var stream = typeof(ImageNetLabels).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}; build it again.");
        using var reader = new StreamReader(stream);
        var names = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0 || int.Parse(line.AsSpan(0, tab), CultureInfo.InvariantCulture) != names.Count)
            {
                throw new InvalidOperationException($"Line {names.Count + 1} of the resource {Resource} is out of order.");
            }

            names.Add(line[(tab + 1)..]);
        }

        return new ClassLabels(names);
    }
}
