using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ResNet.Training;

/// <summary>NumPy's file of one array, format version 1.0: a magic, the length of the header, the header as a Python dictionary, the numbers.</summary>
internal static class NpyFormat
{
    private const int Alignment = 64;
    private const int BytesBeforeHeader = 10;
    private static readonly byte[] MagicAndVersion = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes a matrix as little endian float32, row by row.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> values, int rows, int columns)
    {
        string header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");

        // The numbers begin at a multiple of 64, and the header ends with a line break.
        int padded = ((BytesBeforeHeader + header.Length + Alignment) / Alignment * Alignment) - BytesBeforeHeader;
        stream.Write(MagicAndVersion);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        for (int row = 0; row < rows; row++)
        {
            WriteRow(stream, values.Slice(row * columns, columns));
        }
    }

    private static void WriteRow(Stream stream, ReadOnlySpan<float> row)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(row));
            return;
        }

        Span<byte> number = stackalloc byte[sizeof(float)];
        foreach (float value in row)
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, value);
            stream.Write(number);
        }
    }
}
