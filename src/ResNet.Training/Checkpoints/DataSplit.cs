using System.Globalization;
using System.Text;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>Which images a run trains on and which it selects the best weights by: a file in its folder, and a fingerprint for its weights.</summary>
internal sealed class DataSplit
{
    public const string FileName = "data-split.csv";
    private const string Header = "part,hash,path";
    private const string TrainPart = "train";
    private const string ValidationPart = "validation";
    private readonly (string Part, string Path, ImageHash? Hash)[] _images;

    private DataSplit((string Part, string Path, ImageHash? Hash)[] images)
    {
        _images = images;
    }

    /// <summary>Reads every image once.</summary>
    public static DataSplit Of(IImageDataset train, IImageDataset? validation, int workerCount, CancellationToken cancellationToken)
    {
        var images = Part(TrainPart, train).ToList();
        if (validation is not null)
        {
            images.AddRange(Part(ValidationPart, validation));
        }

        return new DataSplit([.. images]);

        IEnumerable<(string Part, string Path, ImageHash? Hash)> Part(string name, IImageDataset dataset) =>
            ImageHashes.Of(dataset, workerCount, cancellationToken).Select((hash, index) => (name, dataset.NameOf(index), hash));
    }

    public TrainingFingerprint ToFingerprint() => TrainingFingerprint.Of(HashesOf(TrainPart), HashesOf(ValidationPart));

    /// <summary>Writes part, hash and path of each image, by the code units of their paths, which are relative to the folder that they share.</summary>
    public void Save(string folder)
    {
        int shared = SharedFolder.LengthOf([.. _images.Select(image => image.Path)]);
        AtomicFile.Write(Path.Combine(folder, FileName), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(Header);
            foreach (var (part, path, hash) in _images.OrderBy(image => image.Path, StringComparer.Ordinal))
            {
                writer.WriteLine(string.Join(',', part, hash is { } known ? NameOf(known.Kind) + ":" + known : string.Empty, VisibleText.CsvField(path[shared..].Replace('\\', '/'))));
            }
        });
    }

    /// <summary>Reads what <see cref="Save"/> wrote; every image is in the fingerprint, however many there are.</summary>
    /// <returns>Null where the folder has no such file, or it cannot be read.</returns>
    public static TrainingFingerprint? TryRead(string folder)
    {
        try
        {
            string path = Path.Combine(folder, FileName);
            if (!File.Exists(path))
            {
                return null;
            }

            var rows = File.ReadLines(path).Select(Parse).OfType<(string Part, ImageHash Hash)>().ToLookup(row => row.Part, row => row.Hash);
            return TrainingFingerprint.Of(rows[TrainPart], rows[ValidationPart], int.MaxValue);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (string Part, ImageHash Hash)? Parse(string line)
    {
        string[] fields = line.Split(',', 3);
        if (fields is not [TrainPart or ValidationPart, var hash, _] || hash.Split(':') is not [var name, var digits])
        {
            return null;
        }

        ImageHashKind? kind = Enum.GetValues<ImageHashKind>().Cast<ImageHashKind?>().FirstOrDefault(value => NameOf(value!.Value) == name);
        return kind is { } known && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? (fields[0], new ImageHash(known, value))
            : null;
    }

    private static string NameOf(ImageHashKind kind) => kind.ToString().ToLowerInvariant();

    private IEnumerable<ImageHash> HashesOf(string part) => _images.Where(image => image.Part == part).Select(image => image.Hash).OfType<ImageHash>();
}
