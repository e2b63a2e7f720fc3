using System.Buffers.Binary;
using System.Text;

namespace ResNet.Core.Tests.Weights;

/// <summary>Makes safetensors files by hand, right ones and wrong ones.</summary>
internal static class SafeTensorsBytes
{
    public static byte[] Of(string header, int dataLength, ulong? claimedHeaderLength = null) =>
        Of(Encoding.UTF8.GetBytes(header), dataLength, claimedHeaderLength);

    public static byte[] Of(byte[] header, int dataLength, ulong? claimedHeaderLength = null)
    {
        byte[] file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimedHeaderLength ?? (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    public static string Tensor(string name, string type, string shape, string offsets) =>
        $$"""
        "{{name}}":{"dtype":"{{type}}","shape":{{shape}},"data_offsets":{{offsets}}}
        """;
}
