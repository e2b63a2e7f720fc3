using System.Runtime.CompilerServices;

namespace ResNet.Compilation;

/// <summary>
/// The pictures as the stem wants them: channels last, in the network's numbers, with the padding of the first convolution around them, so that its patches never
/// leave the map. A piece is a row of a picture, padding included.
/// </summary>
internal sealed unsafe class PictureStep(int channels, int height, int width, int padding, NumberKind kind) : PlanStep
{
    private const int RowsPerItem = 16;

    private readonly int _paddedHeight = height + (2 * padding);
    private readonly int _paddedWidth = width + (2 * padding);

    /// <summary>Where the address of the pictures, N×C×H×W float, is found.</summary>
    public required PictureSource Pictures { get; init; }

    private int ItemsPerImage => (_paddedHeight + RowsPerItem - 1) / RowsPerItem;

    public override int ItemCount(int images, int threads) => images * ItemsPerImage;

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        int image = item / ItemsPerImage, first = item % ItemsPerImage * RowsPerItem;
        long rowBytes = (long)_paddedWidth * channels * kind.Size();
        for (int row = first; row < Math.Min(first + RowsPerItem, _paddedHeight); row++)
        {
            byte* target = memory + Target + ((((long)image * _paddedHeight) + row) * rowBytes);
            new Span<byte>(target, (int)rowBytes).Clear();
            int y = row - padding;
            if ((uint)y < (uint)height)
            {
                WriteRow(Pictures.Address + (long)image * channels * height * width, y, target);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRow(float* picture, int y, byte* target)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            float* line = picture + (((long)channel * height) + y) * width;
            int first = (padding * channels) + channel;
            if (kind == NumberKind.Float32)
            {
                float* to = (float*)target + first;
                for (int x = 0; x < width; x++)
                {
                    to[x * channels] = line[x];
                }
            }
            else
            {
                ushort* to = (ushort*)target + first;
                for (int x = 0; x < width; x++)
                {
                    to[x * channels] = BFloat16Bits.Round(line[x]);
                }
            }
        }
    }
}
