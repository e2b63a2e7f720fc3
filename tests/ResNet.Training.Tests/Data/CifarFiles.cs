using System.Formats.Tar;
using System.IO.Compression;

namespace ResNet.Training.Tests.Data;

/// <summary>Small files in the layout of CIFAR's binary versions.</summary>
internal static class CifarFiles
{
    public static CifarFormat Cifar10 { get; } = CifarFormat.Cifar10 with
    {
        Train = [new CifarFile("data_batch_1.bin", 300), new CifarFile("data_batch_2.bin", 2)],
        Test = [new CifarFile("test_batch.bin", 3)],
    };

    public static CifarFormat Cifar100 { get; } = CifarFormat.Cifar100 with { Train = [new CifarFile("train.bin", 5)], Test = [new CifarFile("test.bin", 3)] };

    /// <summary>Channel c of pixel p of a picture.</summary>
    public static byte Value(int picture, int channel, int pixel) => (byte)((picture * 31) + (channel * 85) + pixel);

    /// <summary>Labels are the number of the picture, modulo the classes.</summary>
    public static byte[] Bytes(CifarFormat format, CifarFile file)
    {
        var bytes = new List<byte>();
        for (int picture = 0; picture < file.Count; picture++)
        {
            bytes.AddRange(format.LabelLimits.Select(count => (byte)(picture % count)));
            bytes.AddRange(Enumerable.Range(0, 3072).Select(i => Value(picture, i / 1024, i % 1024)));
        }

        return [.. bytes];
    }

    public static string WriteFolder(CifarFormat format, string parent)
    {
        string folder = Directory.CreateDirectory(Path.Combine(parent, format.Folder)).FullName;
        foreach (CifarFile file in format.AllFiles)
        {
            File.WriteAllBytes(Path.Combine(folder, file.Name), Bytes(format, file));
        }

        return folder;
    }

    public static byte[] Archive(CifarFormat format, Action<TarWriter>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            more?.Invoke(tar);
            foreach (CifarFile file in format.AllFiles)
            {
                Add(tar, $"{format.Folder}/{file.Name}", Bytes(format, file));
            }
        }

        return bytes.ToArray();
    }

    public static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
