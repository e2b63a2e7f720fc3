using System.Buffers.Binary;
using System.IO.Compression;

namespace ResNet.TestSupport.Images;

/// <summary>Writes PNG files chunk by chunk, also ones that no encoder would write.</summary>
public sealed class PngBuilder : IDisposable
{
    private readonly MemoryStream _file = new();

    public PngBuilder(int width, int height, byte bitDepth, byte colorType, bool isInterlaced = false)
    {
        _file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = [.. BigEndian(width), .. BigEndian(height), bitDepth, colorType, 0, 0, isInterlaced ? (byte)1 : (byte)0];
        Chunk("IHDR"u8, header);
    }

    public PngBuilder Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        _file.Write(BigEndian(data.Length));
        _file.Write(name);
        _file.Write(data);
        _file.Write(BigEndian((int)Checksum([.. name, .. data])));
        return this;
    }

    /// <summary>Compresses rows that begin with the filter's number each.</summary>
    public PngBuilder Rows(IEnumerable<byte[]> rows)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (byte[] row in rows)
            {
                zlib.Write(row);
            }
        }

        return Chunk("IDAT"u8, data.ToArray());
    }

    public byte[] End() => Chunk("IEND"u8, [])._file.ToArray();

    public void Dispose() => _file.Dispose();

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Checksum(byte[] bytes)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xEDB88320 : 0);
            }
        }

        return ~sum;
    }
}
