namespace ResNet.TestSupport.Checkpoints;

/// <summary>The end of a zip archive; null means the right value, anything else is written as it is.</summary>
public sealed record ZipEnd
{
    public ushort Disk { get; set; }

    public ushort CentralDisk { get; set; }

    public ushort? EntriesHere { get; set; }

    public ushort? Entries { get; set; }

    public uint? CentralSize { get; set; }

    public uint? CentralOffset { get; set; }

    public ushort? CommentLength { get; set; }

    public byte[] Comment { get; set; } = [];

    public bool Missing { get; set; }

    /// <summary>Writes the zip64 record and its locator before the end.</summary>
    public bool Zip64 { get; set; }

    public ulong? Entries64 { get; set; }

    public ulong? EntriesHere64 { get; set; }

    public ulong? CentralSize64 { get; set; }

    public ulong? CentralOffset64 { get; set; }

    /// <summary>Size of the zip64 record as it says itself; right: 44.</summary>
    public ulong? RecordSize64 { get; set; }

    /// <summary>Where the locator says that the zip64 record is.</summary>
    public ulong? Locator64 { get; set; }

    public uint LocatorDisks { get; set; } = 1;
}
