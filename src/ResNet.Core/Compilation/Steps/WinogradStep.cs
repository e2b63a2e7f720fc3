using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>
/// A 3×3 convolution by Winograd's way, with what follows it. A piece is some tiles of the result and some blocks of output channels: the patches are
/// transformed, multiplied, and transformed back while they are in the second-level cache.
/// </summary>
internal sealed unsafe class WinogradStep : ConvolvingStep
{
    /// <summary>Transformed patches of a piece and their products with a block of weights, about: they stay in the second-level cache.</summary>
    private const int PieceBytes = 704 << 10;

    /// <summary>Pieces are not made smaller than this for the sake of equal shares: weights would be read for too few tiles.</summary>
    private const int LeastTiles = 16;

    private const int Lanes = 16;

    private readonly PatchGeometry _geometry;
    private readonly WinogradWeights _weights;
    private readonly WinogradForm _form;
    private readonly delegate* unmanaged<long, long, long, long, long, long, byte, void*, void*, void*, byte, void> _multiply;
    private readonly delegate*<byte**, int, byte*, long, void> _transform;
    private readonly byte _isPacked;
    private readonly int _numberSize;
    private readonly int _tilesAcross;
    private readonly int _tilesPerImage;
    private readonly int _maxTiles;
    private readonly int _blockCount;

    public WinogradStep(PatchGeometry geometry, WinogradWeights weights)
    {
        _geometry = geometry;
        _weights = weights;
        _form = weights.Form;
        _multiply = BlockProduct.Find(weights.Kind);
        _transform = _form.PatchTransform(geometry.Kind);
        _isPacked = BlockProduct.IsPacked(weights.Kind);
        _numberSize = weights.Kind.Size();
        _tilesAcross = (geometry.OutWidth + _form.Tile - 1) / _form.Tile;
        _tilesPerImage = _tilesAcross * ((geometry.OutHeight + _form.Tile - 1) / _form.Tile);
        _maxTiles = Math.Clamp(PieceBytes / (_form.Products * ((weights.InChannels * _numberSize) + (Tiles.Columns * sizeof(float)))), 8, Tiles.MaxRows);
        _blockCount = (weights.OutChannels + Tiles.Columns - 1) / Tiles.Columns;
    }

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
        long patchBytes = patchStride * _form.Products * _numberSize;
        byte* patches = scratch.Patches(patchBytes + (productStride * _form.Products * sizeof(float)));
        float* products = (float*)(patches + patchBytes);
        TransformPatches(memory + Source, first, count, patches, patchStride);
        for (int block = part * _blockCount / cut.Parts; block < (part + 1) * _blockCount / cut.Parts; block++)
        {
            int column = block * Tiles.Columns, width = WeightPacking.Width(_weights.OutChannels, column), depth = _weights.InChannels;
            for (int product = 0; product < _form.Products; product++)
            {
                _multiply(
                    count, width, depth, depth, width, width, 0, patches + (product * patchStride * _numberSize), _weights.Block(column, product),
                    products + (product * productStride), _isPacked);
            }

            if (_geometry.Kind == NumberKind.Float32)
            {
                Finish<FloatNumbers>(memory, first, count, column, width, products, productStride);
            }
            else
            {
                Finish<BFloat16Numbers>(memory, first, count, column, width, products, productStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformPatches(byte* map, int first, int count, byte* patches, long stride)
    {
        int side = _form.Patch, channels = _weights.InChannels;
        byte** pixels = stackalloc byte*[side * side];
        byte* zeros = (byte*)ZeroPixel.Of(channels);
        for (int i = 0; i < count; i++)
        {
            int image = (first + i) / _tilesPerImage, tile = (first + i) % _tilesPerImage;
            int top = (tile / _tilesAcross * _form.Tile) - _geometry.Padding, left = (tile % _tilesAcross * _form.Tile) - _geometry.Padding;
            byte* origin = map + (image * _geometry.ImageBytes);
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    bool isInside = (uint)(top + y) < (uint)_geometry.Height && (uint)(left + x) < (uint)_geometry.Width;
                    pixels[(y * side) + x] = isInside ? origin + ((((long)(top + y) * _geometry.Width) + left + x) * _geometry.PixelBytes) : zeros;
                }
            }

            _transform(pixels, channels, patches + ((long)i * channels * _numberSize), stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish<TMap>(byte* memory, int first, int count, int column, int width, float* products, long stride)
        where TMap : IMapNumbers
    {
        int size = _form.Tile, channels = _weights.OutChannels;
        float* results = stackalloc float[size * size * Lanes];
        byte* target = memory + Target, shortcut = Shortcut is { } added ? memory + added : null;
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
                            value += TMap.Load(shortcut, place);
                        }

                        TMap.Store(target, place, Vector512.MaxNative(floor, value));
                    }
                }
            }
        }
    }

    /// <summary>Equal pieces, as many for one thread as for another; where they would be too small, the threads share the output channels.</summary>
    private (int Pieces, int Tiles, int Parts, bool WeightsFirst) Cut(int images, int threads)
    {
        int tiles = images * _tilesPerImage;
        int pieces = (tiles + _maxTiles - 1) / _maxTiles;
        int even = (pieces + threads - 1) / threads * threads;
        int parts = 1;
        if (tiles / even >= LeastTiles || _blockCount == 1)
        {
            pieces = Math.Min(even, tiles);
        }
        else if (pieces < 2 * threads)
        {
            parts = Math.Min(_blockCount, threads);
        }

        int size = (tiles + pieces - 1) / pieces;
        return ((tiles + size - 1) / size, size, parts, parts > 1);
    }
}
