namespace ResNet.TestSupport.Checkpoints;

/// <summary>One entry of a zip archive; null means the right value, anything else is written as it is.</summary>
public sealed record ZipRecord(string Name, byte[] Data)
{
    public string? LocalName { get; set; }

    public ushort Flags { get; set; }

    public ushort Method { get; set; }

    public ushort? LocalMethod { get; set; }

    public uint? Crc { get; set; }

    public uint? LocalCrc { get; set; }

    public uint? CompressedSize { get; set; }

    public uint? Size { get; set; }

    public uint? LocalCompressedSize { get; set; }

    public uint? LocalSize { get; set; }

    /// <summary>Where the central directory says that the local header is.</summary>
    public uint? Offset { get; set; }

    public uint LocalSignature { get; set; } = 0x04034b50;

    public uint CentralSignature { get; set; } = 0x02014b50;

    public ushort? LocalNameLength { get; set; }

    public ushort? CentralNameLength { get; set; }

    public ushort? LocalExtraLength { get; set; }

    public ushort? CentralExtraLength { get; set; }

    public ushort? CommentLength { get; set; }

    public ushort Disk { get; set; }

    public byte[] CentralExtra { get; set; } = [];

    /// <summary>Null means padding that aligns the data to 64 bytes, as torch.save does.</summary>
    public byte[]? LocalExtra { get; set; }

    /// <summary>Writes a data descriptor after the data, and zeros into the local header, as torch.save does.</summary>
    public bool Descriptor { get; set; }

    public bool WithoutLocal { get; set; }

    public bool WithoutCentral { get; set; }

    /// <summary>What the local header, the name and extra fields aside, is followed by, if not <see cref="Data"/>.</summary>
    public byte[]? Stored { get; set; }
}
