using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>
/// Lays the patches of some positions into rows, so that a convolution becomes a matrix product. Copies go in whole vectors, in the order of
/// addresses, and may write past their end: what comes after is written later, and both ends have <see cref="Tiles.Alignment"/> bytes to spare.
/// </summary>
internal static unsafe class PatchGatherer
{
    /// <summary>Gathers some channels of the patches of <paramref name="count"/> positions, from position <paramref name="first"/> of all images on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(PatchGeometry geometry, byte* map, int firstChannel, int channelCount, long first, int count, byte* rows, int rowBytes)
    {
        int size = geometry.Kind.Size(), kernel = geometry.KernelSize, pixel = geometry.PixelBytes, height = geometry.Height, width = geometry.Width;
        int linePitch = width * pixel;
        int run = channelCount * size;
        bool whole = channelCount == geometry.Channels;
        long image = first / geometry.Positions;
        int position = (int)(first % geometry.Positions);
        int y = position / geometry.OutWidth, x = position % geometry.OutWidth;
        byte* source = map + (image * geometry.ImageBytes) + (firstChannel * size);
        for (int i = 0; i < count; i++)
        {
            byte* row = rows + ((long)i * rowBytes);
            int left = (x * geometry.Stride) - geometry.Padding, top = (y * geometry.Stride) - geometry.Padding;
            byte* corner = source + ((((long)top * width) + left) * pixel);
            byte* end = whole && left >= 0 && top >= 0 && left + kernel <= width && top + kernel <= height
                ? CopyInner(row, corner, kernel, kernel * run, linePitch)
                : CopyClipped(row, corner, geometry, left, top, run);
            Zero(end, rowBytes - (int)(end - row));
            if (++x == geometry.OutWidth)
            {
                x = 0;
                if (++y == geometry.OutHeight)
                {
                    y = 0;
                    source += geometry.ImageBytes;
                }
            }
        }
    }

    /// <summary>The patch of a position that sees no padding: so many lines of so many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* CopyInner(byte* to, byte* from, int lines, int count, int pitch)
    {
        for (int line = 0; line < lines; line++)
        {
            to = Copy(to, from, count);
            from += pitch;
        }

        return to;
    }

    /// <summary>The patch of any position, and of some channels only: pixel by pixel, zeros where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* CopyClipped(byte* to, byte* corner, PatchGeometry geometry, int left, int top, int run)
    {
        for (int ky = 0; ky < geometry.KernelSize; ky++)
        {
            bool hasLine = (uint)(top + ky) < (uint)geometry.Height;
            for (int kx = 0; kx < geometry.KernelSize; kx++)
            {
                to = hasLine && (uint)(left + kx) < (uint)geometry.Width
                    ? Copy(to, corner + ((((long)ky * geometry.Width) + kx) * geometry.PixelBytes), run)
                    : Zero(to, run);
            }
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Copy(byte* to, byte* from, int count)
    {
        for (int i = 0; i < count; i += Vector512<byte>.Count)
        {
            Vector512.Store(Vector512.Load(from + i), to + i);
        }

        return to + count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Zero(byte* to, int count)
    {
        for (int i = 0; i < count; i += Vector512<byte>.Count)
        {
            Vector512.Store(Vector512<byte>.Zero, to + i);
        }

        return to + count;
    }
}
