using ResNet.Downloading;

namespace ResNet.Training;

/// <summary>What the files of CIFAR-10 or CIFAR-100 are called, and what is in them.</summary>
internal sealed record CifarFormat
{
    public const int Side = 32;
    public const int PixelCount = Side * Side;
    public const int PictureBytes = 3 * PixelCount;

    public static CifarFormat Cifar10 { get; } = new()
    {
        Name = "CIFAR-10",
        Folder = "cifar-10-batches-bin",
        Train = [.. Enumerable.Range(1, 5).Select(number => new CifarFile(Invariant($"data_batch_{number}.bin"), 10_000))],
        Test = [new CifarFile("test_batch.bin", 10_000)],
        LabelLimits = [10],
        Archive = new DownloadRequest
        {
            Url = new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
            Sha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            Length = 170_052_171,
        },
    };

    public static CifarFormat Cifar100 { get; } = new()
    {
        Name = "CIFAR-100",
        Folder = "cifar-100-binary",
        Train = [new CifarFile("train.bin", 50_000)],
        Test = [new CifarFile("test.bin", 10_000)],
        LabelLimits = [20, 100],
        Archive = new DownloadRequest
        {
            Url = new Uri("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
            Sha256 = "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
            Length = 168_513_733,
        },
    };

    public required string Name { get; init; }

    /// <summary>The folder in the archive that holds the files.</summary>
    public required string Folder { get; init; }

    public required IReadOnlyList<CifarFile> Train { get; init; }

    public required IReadOnlyList<CifarFile> Test { get; init; }

    /// <summary>For each byte before the pixels, in order, how many classes it tells apart.</summary>
    public required IReadOnlyList<int> LabelLimits { get; init; }

    public required DownloadRequest Archive { get; init; }

    public int RecordBytes => LabelLimits.Count + PictureBytes;

    public IEnumerable<CifarFile> AllFiles => Train.Concat(Test);

    public IReadOnlyList<CifarFile> FilesOf(CifarPart part) => part switch
    {
        CifarPart.Train => Train,
        CifarPart.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    };

    public long LengthOf(CifarFile file) => (long)file.Count * RecordBytes;
}
