using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>The stem's 3×3 maximum pool with stride 2 and padding 1. A piece is a row of the result.</summary>
internal sealed unsafe class MaxPoolStep(PatchGeometry geometry) : PlanStep
{
    private readonly int _channels = geometry.Channels;

    /// <summary>Where the input map lies.</summary>
    public required long Source { get; init; }

    /// <summary>Where the result goes.</summary>
    public required long Target { get; init; }

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
                Float32((float*)source, window, (float*)target + ((long)x * _channels));
            }
            else if (geometry.Kind == NumberKind.Int8)
            {
                Int8(source, window, target + ((long)x * _channels));
            }
            else
            {
                BFloat16((short*)source, window, (short*)target + ((long)x * _channels));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Float32(float* source, Window window, float* target)
    {
        int channel = 0;
        for (; channel + Vector512<float>.Count <= _channels; channel += Vector512<float>.Count)
        {
            var greatest = Vector512.Create(float.NegativeInfinity);
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    // In this order a value that is not a number stays.
                    greatest = Vector512.MaxNative(greatest, Vector512.Load(source + ((((long)y * geometry.Width) + x) * _channels) + channel));
                }
            }

            greatest.Store(target + channel);
        }

        for (; channel < _channels; channel++)
        {
            float greatest = float.NegativeInfinity;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Math.Max(greatest, source[((((long)y * geometry.Width) + x) * _channels) + channel]);
                }
            }

            target[channel] = greatest;
        }
    }

    /// <summary>The map comes from a ReLU: bits of numbers that are not negative are in the order of the numbers, and so are those of infinity and NaN above them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BFloat16(short* source, Window window, short* target)
    {
        int channel = 0;
        for (; channel + Vector512<short>.Count <= _channels; channel += Vector512<short>.Count)
        {
            var greatest = Vector512<short>.Zero;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Vector512.Max(greatest, Vector512.Load(source + ((((long)y * geometry.Width) + x) * _channels) + channel));
                }
            }

            greatest.Store(target + channel);
        }

        for (; channel < _channels; channel++)
        {
            short greatest = 0;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Math.Max(greatest, source[((((long)y * geometry.Width) + x) * _channels) + channel]);
                }
            }

            target[channel] = greatest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Int8(byte* source, Window window, byte* target)
    {
        int channel = 0;
        for (; channel + Vector512<byte>.Count <= _channels; channel += Vector512<byte>.Count)
        {
            var greatest = Vector512<byte>.Zero;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Vector512.Max(greatest, Vector512.Load(source + ((((long)y * geometry.Width) + x) * _channels) + channel));
                }
            }

            greatest.Store(target + channel);
        }

        for (; channel < _channels; channel++)
        {
            byte greatest = 0;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                for (int x = window.Left; x < window.Right; x++)
                {
                    greatest = Math.Max(greatest, source[((((long)y * geometry.Width) + x) * _channels) + channel]);
                }
            }

            target[channel] = greatest;
        }
    }

    private readonly record struct Window(int Top, int Bottom, int Left, int Right);
}
