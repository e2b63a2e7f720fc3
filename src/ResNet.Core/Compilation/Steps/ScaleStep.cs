using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>A normalisation that follows an addition, and the ReLU behind it: the start of a pre-activation block. It may work in place. A piece is some positions.</summary>
internal sealed unsafe class ScaleStep(int positions, ChannelScale scale, bool relu, NumberKind kind) : MapStep
{
    private const int PositionsPerItem = 64;

    public override int ItemCount(int images, int threads) => (int)((((long)images * positions) + PositionsPerItem - 1) / PositionsPerItem);

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        long first = (long)item * PositionsPerItem;
        int count = (int)Math.Min(PositionsPerItem, ((long)images * positions) - first), channels = scale.Channels;
        long offset = first * channels * kind.Size();
        for (int i = 0; i < count; i++, offset += channels * kind.Size())
        {
            if (kind == NumberKind.Float32)
            {
                Float32((float*)(memory + Source + offset), (float*)(memory + Target + offset), channels);
            }
            else
            {
                BFloat16((ushort*)(memory + Source + offset), (ushort*)(memory + Target + offset), channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Float32(float* source, float* target, int channels)
    {
        float lowest = relu ? 0 : float.NegativeInfinity;
        var floor = Vector512.Create(lowest);
        int i = 0;
        for (; i + Vector512<float>.Count <= channels; i += Vector512<float>.Count)
        {
            var value = (Vector512.Load(source + i) * Vector512.Load(scale.Scale + i)) + Vector512.Load(scale.Shift + i);
            Vector512.MaxNative(floor, value).Store(target + i);
        }

        for (; i < channels; i++)
        {
            float value = (source[i] * scale.Scale[i]) + scale.Shift[i];
            target[i] = value < lowest ? lowest : value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BFloat16(ushort* source, ushort* target, int channels)
    {
        float lowest = relu ? 0 : float.NegativeInfinity;
        for (int i = 0; i < channels; i++)
        {
            float value = (BFloat16Bits.Expand(source[i]) * scale.Scale[i]) + scale.Shift[i];
            target[i] = BFloat16Bits.Round(value < lowest ? lowest : value);
        }
    }
}
