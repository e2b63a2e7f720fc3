using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>The stem's 3×3 maximum pool with stride 2 and padding 1. A piece is a row of the result.</summary>
internal sealed unsafe class MaxPoolStep(PatchGeometry geometry) : MapStep
{
    private readonly int _channels = geometry.Channels;

    public override int ItemCount(int images, int threads) => images * geometry.OutHeight;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        int image = item / geometry.OutHeight, y = item % geometry.OutHeight;
        byte* source = memory + Source + (image * geometry.ImageBytes);
        byte* target = memory + Target + ((long)item * geometry.OutWidth * geometry.PixelBytes);
        int top = (y * geometry.Stride) - geometry.Padding;
        for (int x = 0; x < geometry.OutWidth; x++)
        {
            int left = (x * geometry.Stride) - geometry.Padding;
            var window = new Window(
                Math.Max(0, top), Math.Min(geometry.Height, top + geometry.KernelSize), Math.Max(0, left), Math.Min(geometry.Width, left + geometry.KernelSize));
            if (geometry.Kind == NumberKind.Float32)
            {
                Greatest((int*)source, window, (int*)target + ((long)x * _channels), int.MaxValue);
            }
            else if (geometry.Kind == NumberKind.Int8)
            {
                Greatest(source, window, target + ((long)x * _channels), byte.MaxValue);
            }
            else
            {
                Greatest((short*)source, window, (short*)target + ((long)x * _channels), short.MaxValue);
            }
        }
    }

    /// <summary>
    /// The map comes from a ReLU: bits of numbers that are not negative are in the order of the numbers, and so are those of infinity and NaN above them, if the sign, which
    /// zero and NaN may have, is left out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Greatest<T>(T* source, Window window, T* target, T withoutSign)
        where T : unmanaged, IBinaryInteger<T>
    {
        int channel = 0;
        var mask = Vector512.Create(withoutSign);
        for (; channel + Vector512<T>.Count <= _channels; channel += Vector512<T>.Count)
        {
            var greatest = Vector512<T>.Zero;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Vector512.Max(greatest, Vector512.Load(source + ((((long)y * geometry.Width) + x) * _channels) + channel) & mask);
                }
            }

            greatest.Store(target + channel);
        }

        for (; channel < _channels; channel++)
        {
            var greatest = T.Zero;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = T.Max(greatest, source[((((long)y * geometry.Width) + x) * _channels) + channel] & withoutSign);
                }
            }

            target[channel] = greatest;
        }
    }

    private readonly record struct Window(int Top, int Bottom, int Left, int Right);
}
