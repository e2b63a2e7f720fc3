using System.Buffers;

namespace ResNet.Imaging;

/// <summary>What decoding needs besides the pixels, kept for the next picture. For one thread at a time.</summary>
internal sealed class DecodeScratch
{
    private ScratchBuffer _file;
    private ScratchBuffer _strip;

    /// <summary>Room for a whole file: of a canvas where there is one, else of the shared pool.</summary>
    public static byte[] File(ImageCanvas? canvas, int length) => canvas?.Decoding._file.Take(length) ?? ArrayPool<byte>.Shared.Rent(length);

    /// <summary>Room for a strip of rows, likewise.</summary>
    public static byte[] Strip(ImageCanvas? canvas, int length) => canvas?.Decoding._strip.Take(length) ?? ArrayPool<byte>.Shared.Rent(length);

    /// <summary>Gives back what came from the pool.</summary>
    public static void Return(ImageCanvas? canvas, byte[] buffer)
    {
        if (canvas is null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
