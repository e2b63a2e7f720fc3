using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>
/// A 3×3 convolution in float32 by Winograd's way, with what follows it. A piece is some tiles of the result and some blocks of output channels: the patches are
/// transformed, multiplied, and transformed back while they are in the second-level cache.
/// </summary>
internal sealed unsafe class WinogradStep : PlanStep
{
    /// <summary>Transformed patches of a piece, about.</summary>
    private const int PieceBytes = 384 << 10;

    private const int Lanes = 16;

    private readonly PatchGeometry _geometry;
    private readonly WinogradWeights _weights;
    private readonly WinogradForm _form;
    private readonly delegate* unmanaged<long, long, long, long, long, long, byte, void*, void*, void*, byte, void> _multiply;
    private readonly int _tilesAcross;
    private readonly int _tilesPerImage;
    private readonly int _maxTiles;
    private readonly int _blockCount;

    public WinogradStep(PatchGeometry geometry, WinogradWeights weights)
    {
        _geometry = geometry;
        _weights = weights;
        _form = weights.Form;
        _multiply = BlockProduct.Find(NumberKind.Float32);
        _tilesAcross = (geometry.OutWidth + _form.Tile - 1) / _form.Tile;
        _tilesPerImage = _tilesAcross * ((geometry.OutHeight + _form.Tile - 1) / _form.Tile);
        _maxTiles = Math.Clamp(PieceBytes / (_form.Products * weights.InChannels * sizeof(float)), 8, Tiles.MaxRows);
        _blockCount = (weights.OutChannels + Tiles.Columns - 1) / Tiles.Columns;
    }

    /// <summary>Where the input map lies.</summary>
    public required long Source { get; init; }

    /// <summary>Where the result goes.</summary>
    public required long Target { get; init; }

    /// <summary>Where the shortcut lies that is added; null for none. It may be the target.</summary>
    public long? Shortcut { get; init; }

    public bool Relu { get; init; }

    public override int ItemCount(int images, int threads)
    {
        var cut = Cut(images, threads);
        return cut.Pieces * cut.Parts;
    }

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        var cut = Cut(images, threads);
        (int piece, int part) = cut.WeightsFirst ? (item % cut.Pieces, item / cut.Pieces) : (item / cut.Parts, item % cut.Parts);
        int first = piece * cut.Tiles, count = Math.Min(cut.Tiles, (images * _tilesPerImage) - first);
        long patchStride = (long)_maxTiles * _weights.InChannels, productStride = (long)_maxTiles * Tiles.Columns;
        float* patches = (float*)scratch.Patches((((patchStride + productStride) * _form.Products) + (_form.Tile * _form.Tile * Lanes)) * sizeof(float));
        float* products = patches + (patchStride * _form.Products);
        TransformPatches((float*)(memory + Source), first, count, patches, patchStride);
        for (int block = part * _blockCount / cut.Parts; block < (part + 1) * _blockCount / cut.Parts; block++)
        {
            int column = block * Tiles.Columns, width = WeightPacking.Width(_weights.OutChannels, column), depth = _weights.InChannels;
            for (int product = 0; product < _form.Products; product++)
            {
                _multiply(
                    count, width, depth, depth, width, width, 0, patches + (product * patchStride), _weights.Block(column, product), products + (product * productStride), 0);
            }

            Finish(memory, first, count, column, width, products, productStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformPatches(float* map, int first, int count, float* patches, long stride)
    {
        int side = _form.Patch, channels = _weights.InChannels;
        float** pixels = stackalloc float*[side * side];
        float* zeros = ZeroPixel.Of(channels);
        for (int i = 0; i < count; i++)
        {
            int image = (first + i) / _tilesPerImage, tile = (first + i) % _tilesPerImage;
            int top = (tile / _tilesAcross * _form.Tile) - _geometry.Padding, left = (tile % _tilesAcross * _form.Tile) - _geometry.Padding;
            float* origin = map + ((long)image * _geometry.Height * _geometry.Width * channels);
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    bool isInside = (uint)(top + y) < (uint)_geometry.Height && (uint)(left + x) < (uint)_geometry.Width;
                    pixels[(y * side) + x] = isInside ? origin + ((((long)(top + y) * _geometry.Width) + left + x) * channels) : zeros;
                }
            }

            _form.TransformPatch(pixels, channels, patches + ((long)i * channels), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(byte* memory, int first, int count, int column, int width, float* products, long stride)
    {
        int size = _form.Tile, channels = _weights.OutChannels;
        float* results = stackalloc float[size * size * Lanes];
        float* target = (float*)(memory + Target), shortcut = Shortcut is { } added ? (float*)(memory + added) : null;
        var floor = Vector512.Create(Relu ? 0 : float.NegativeInfinity);
        for (int i = 0; i < count; i++)
        {
            int image = (first + i) / _tilesPerImage, tile = (first + i) % _tilesPerImage;
            int top = tile / _tilesAcross * size, left = tile % _tilesAcross * size;
            int rows = Math.Min(size, _geometry.OutHeight - top), columns = Math.Min(size, _geometry.OutWidth - left);
            long origin = ((((long)image * _geometry.OutHeight) + top) * _geometry.OutWidth + left) * channels + column;
            for (int lane = 0; lane < width; lane += Lanes)
            {
                _form.TransformProducts(products + ((long)i * width) + lane, stride, results);
                var bias = Vector512.Load(_weights.Bias + column + lane);
                for (int y = 0; y < rows; y++)
                {
                    long place = origin + ((long)y * _geometry.OutWidth * channels) + lane;
                    for (int x = 0; x < columns; x++, place += channels)
                    {
                        var value = Vector512.Load(results + (((y * size) + x) * Lanes)) + bias;
                        if (shortcut != null)
                        {
                            value += Vector512.Load(shortcut + place);
                        }

                        Vector512.MaxNative(floor, value).Store(target + place);
                    }
                }
            }
        }
    }

    /// <summary>Equal pieces; where they are too few for the threads, the threads share the output channels.</summary>
    private (int Pieces, int Tiles, int Parts, bool WeightsFirst) Cut(int images, int threads)
    {
        int tiles = images * _tilesPerImage;
        int pieces = (tiles + _maxTiles - 1) / _maxTiles;
        bool isShort = threads > 1 && pieces < 2 * threads;
        int parts = isShort ? Math.Min(_blockCount, threads) : 1;
        if (isShort && parts == 1)
        {
            pieces = Math.Min(tiles, 2 * threads);
        }

        int size = (tiles + pieces - 1) / pieces;
        return ((tiles + size - 1) / size, size, parts, isShort);
    }
}
