using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>The average over all positions of a map, as floating numbers. Sums are float in any case. A piece is some channels of one image.</summary>
internal sealed unsafe class AveragePoolStep(int positions, int channels, MapFormat source, NumberKind result) : MapStep
{
    private const int ChannelsPerItem = 256;

    private int ItemsPerImage => (channels + ChannelsPerItem - 1) / ChannelsPerItem;

    public override int ItemCount(int images, int threads) => images * ItemsPerImage;

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        int image = item / ItemsPerImage, first = item % ItemsPerImage * ChannelsPerItem, count = Math.Min(ChannelsPerItem, channels - first);
        byte* map = memory + Source + ((((long)image * positions * channels) + first) * source.Kind.Size());
        byte* target = memory + Target + ((((long)image * channels) + first) * result.Size());
        var sums = new Span<float>(scratch.Sums, count);
        sums.Clear();
        for (int position = 0; position < positions; position++)
        {
            Add(map + ((long)position * channels * source.Kind.Size()), sums);
        }

        for (int i = 0; i < count; i++)
        {
            float average = sums[i] * source.Step / positions;
            if (result == NumberKind.Float32)
            {
                ((float*)target)[i] = average;
            }
            else
            {
                ((ushort*)target)[i] = BFloat16Bits.Round(average);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(byte* pixel, Span<float> sums)
    {
        if (source.IsInt8)
        {
            ref float sum = ref MemoryMarshal.GetReference(sums);
            int i = 0;
            for (; i + Vector512<float>.Count <= sums.Length; i += Vector512<float>.Count)
            {
                (Vector512.LoadUnsafe(ref sum, (nuint)i) + ByteVector.Expand(pixel + i)).StoreUnsafe(ref sum, (nuint)i);
            }

            for (; i < sums.Length; i++)
            {
                sums[i] += pixel[i];
            }
        }
        else if (source.Kind == NumberKind.Float32)
        {
            var values = new ReadOnlySpan<float>(pixel, sums.Length);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += values[i];
            }
        }
        else
        {
            var values = new ReadOnlySpan<ushort>(pixel, sums.Length);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += BFloat16Bits.Expand(values[i]);
            }
        }
    }
}
