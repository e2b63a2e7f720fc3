namespace ResNet.TestSupport.Checkpoints;

/// <summary>Small checkpoints as torch.save writes them; an attack is one change away from a file that is read.</summary>
public static class CheckpointBytes
{
    public const string Folder = "archive/";

    /// <summary>0, 1, 2, 3, 4, 5 as floats.</summary>
    public static byte[] Floats { get; } = [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))];

    /// <summary>7 and 8 as longs.</summary>
    public static byte[] Longs { get; } = [.. new long[] { 7, 8 }.SelectMany(BitConverter.GetBytes)];

    public static IReadOnlyList<byte[]> Storages { get; } = [Floats, Longs];

    /// <summary>The archive of a pickle and the two good storages.</summary>
    public static ZipBytes Zip(byte[]? pickle = null)
    {
        var zip = new ZipBytes { End = { Zip64 = true } };
        zip.Add(Folder + "data.pkl", pickle ?? CheckpointPickle.OfGood());
        zip.Add(Folder + "byteorder", "little"u8.ToArray());
        zip.Add(Folder + "data/0", Floats);
        zip.Add(Folder + "data/1", Longs);
        zip.Add(Folder + "version", "3\n"u8.ToArray());
        zip.Records.ForEach(record => record.Descriptor = true);
        return zip;
    }

    /// <summary>The bytes of the good archive after changes.</summary>
    public static byte[] Zip(Action<ZipBytes> forge)
    {
        var zip = Zip();
        forge(zip);
        return zip.ToArray();
    }
}
