using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ResNet.Compilation;

/// <summary>
/// A convolution with everything that follows it up to the next one: bias (a folded normalisation), the addition of the shortcut, ReLU, rounding.
/// It is a matrix product whose rows are positions of the output; a piece is a tile of positions and some blocks of output channels.
/// </summary>
internal sealed unsafe class ConvolutionStep : ConvolvingStep
{
    /// <summary>Bytes of a row that are multiplied at a time, so that the weights of a block stay in the second-level cache from row to row.</summary>
    private const int MaxDepthBytes = 2048;

    /// <summary>Tiles are not made lower than this for the sake of equal shares: weights would be read more often.</summary>
    private const int LeastRows = 56;

    private readonly PatchGeometry _geometry;
    private readonly ConvolutionWeights _weights;
    private readonly delegate* unmanaged<long, long, long, long, long, long, byte, void*, void*, void*, byte, void> _multiply;
    private readonly delegate*<in SumTile, void> _finish;
    private readonly int _resultSize;
    private readonly int _shortcutSize;
    private readonly float _shortcutScale;
    private readonly bool _readsInPlace;
    private readonly byte _isPacked;
    private readonly int _numberSize;
    private readonly int _depthStep;

    public ConvolutionStep(PatchGeometry geometry, ConvolutionWeights weights, MapFormat result, MapFormat? shortcut)
    {
        _geometry = geometry;
        _weights = weights;
        _multiply = BlockProduct.Find(geometry.Kind);
        _finish = Finishers.Find(geometry.Kind, result.Kind, shortcut?.Kind);
        _resultSize = result.Kind.Size();
        _shortcutSize = shortcut?.Kind.Size() ?? 0;
        _shortcutScale = (shortcut?.Step ?? 0) / result.Step;
        _isPacked = BlockProduct.IsPacked(geometry.Kind);
        _numberSize = geometry.Kind.Size();
        int parts = Math.Max(1, (int)Math.Round((double)weights.Depth * _numberSize / MaxDepthBytes));
        _depthStep = ((weights.Depth / parts) + 3) / 4 * 4;
        _readsInPlace = geometry.KernelSize == 1 && geometry.Stride == 1 && geometry.Padding == 0
            && weights.GroupCount == 1 && weights.Depth == geometry.Channels;
    }

    public override int ItemCount(int images, int threads)
    {
        var cut = Cut(images, threads);
        return cut.Tiles * cut.Parts;
    }

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        var cut = Cut(images, threads);

        // A thread's own pieces follow one another: the same positions as in the step before, or the same weights for all positions.
        (int tile, int part) = cut.WeightsFirst ? (item % cut.Tiles, item / cut.Tiles) : (item / cut.Parts, item % cut.Parts);
        long first = (long)tile * cut.Rows;
        int count = (int)Math.Min(cut.Rows, ((long)images * _geometry.Positions) - first);
        int blocks = _weights.Blocks.Length;
        int gathered = -1;
        byte* rows = null;
        int rowBytes = _weights.Depth * _geometry.Kind.Size();
        for (int index = part * blocks / cut.Parts; index < (part + 1) * blocks / cut.Parts; index++)
        {
            var block = _weights.Blocks[index];
            if (block.Group != gathered)
            {
                rows = Rows(memory, first, count, block.Group, rowBytes, scratch);
                gathered = block.Group;
            }

            Multiply(memory, rows, first, count, block, scratch);
        }
    }

    private byte* Rows(byte* memory, long first, int count, int group, int rowBytes, WorkerScratch scratch)
    {
        if (_readsInPlace)
        {
            return memory + Source + (first * _geometry.PixelBytes);
        }

        byte* patches = scratch.Patches(((long)Tiles.MaxRows * rowBytes) + Tiles.Alignment);
        int channels = _weights.GroupChannels;
        PatchGatherer.Gather(_geometry, memory + Source, group * channels, channels, first, count, patches, rowBytes);
        return patches;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(byte* memory, byte* rows, long first, int count, WeightBlock block, WorkerScratch scratch)
    {
        int depth = _weights.Depth;
        long place = (first * _weights.OutChannels) + block.FirstColumn;
        int size = Shortcut is null ? _resultSize : _shortcutSize;
        Prefetch(memory + (Shortcut ?? Target) + (place * size), count, block.Columns * size, (long)_weights.OutChannels * size);
        for (int done = 0; done < depth; done += _depthStep)
        {
            int part = Math.Min(_depthStep, depth - done);
            _multiply(
                count, block.Width, part, depth, block.Width, block.Width, done == 0 ? (byte)0 : (byte)1,
                rows + ((long)done * _numberSize), (byte*)block.Weights + ((long)done * block.Width * _numberSize), scratch.Sums, _isPacked);
        }

        var tile = new SumTile
        {
            Sums = scratch.Sums,
            SumStride = block.Width,
            Rows = count,
            Columns = block.Columns,
            Bias = _weights.Bias + block.BiasOffset,
            Scale = _weights.Scale + block.BiasOffset,
            Target = memory + Target + (place * _resultSize),
            Shortcut = Shortcut is { } shortcut ? memory + shortcut + (place * _shortcutSize) : null,
            ShortcutScale = _shortcutScale,
            TargetStride = _weights.OutChannels,
            Floor = Relu ? 0 : float.NegativeInfinity,
        };
        _finish(tile);
    }

    /// <summary>The lines that will be changed come from far away; they travel while the product is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Prefetch(byte* first, int rows, int bytes, long stride)
    {
        if (Sse.IsSupported)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < bytes; i += Tiles.Alignment)
                {
                    Sse.Prefetch0(first + (row * stride) + i);
                }
            }
        }
    }

    /// <summary>
    /// Equal tiles of positions. Where the weights are more than the map, the threads share the output channels instead, so that each reads its weights once.
    /// </summary>
    private (int Tiles, int Rows, int Parts, bool WeightsFirst) Cut(int images, int threads)
    {
        long positions = (long)images * _geometry.Positions;
        int tiles = (int)((positions + Tiles.MaxRows - 1) / Tiles.MaxRows);
        int even = (tiles + threads - 1) / threads * threads;
        if (positions / even >= LeastRows)
        {
            // As many for one thread as for another.
            tiles = even;
        }

        int rows = (int)((positions + tiles - 1) / tiles);
        tiles = (int)((positions + rows - 1) / rows);
        int blocks = _weights.Blocks.Length;
        long mapBytes = (images * _geometry.ImageBytes) + (positions * _weights.OutChannels * (_resultSize + _shortcutSize));
        if (threads > 1 && blocks >= threads && tiles < 2 * threads && _weights.Size > mapBytes)
        {
            return (tiles, rows, _readsInPlace ? Math.Min(blocks, 4 * threads) : threads, true);
        }

        int parts = threads == 1 || tiles >= 4 * threads ? 1 : Math.Min(blocks, ((4 * threads) + tiles - 1) / tiles);
        return (tiles, rows, parts, false);
    }
}
