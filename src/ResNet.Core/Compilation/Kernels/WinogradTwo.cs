using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Tiles of 2×2 results, from the points 0, 1, -1 and infinity: 16 products instead of 36. They are exact enough for bfloat16 too.</summary>
internal sealed unsafe class WinogradTwo() : WinogradForm(tile: 2)
{
    private const int Side = 4;

    protected override double[][] Kernels { get; } = [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]];

    /// <inheritdoc/>
    public override NumberKind ProductKind(NumberKind map) => map;

    /// <inheritdoc/>
    public override delegate*<byte**, int, byte*, long, void> PatchTransform(NumberKind map) =>
        map == NumberKind.Float32 ? &TransformPatch<FloatNumbers> : &TransformPatch<BFloat16Numbers>;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformPatch<TNumbers>(byte** pixels, int channels, byte* target, long stride)
        where TNumbers : IMapNumbers
    {
        float* half = stackalloc float[Side * Side * Vector512<float>.Count];
        for (int channel = 0; channel < channels; channel += Vector512<float>.Count)
        {
            for (int column = 0; column < Side; column++)
            {
                Patch1<FloatNumbers>(
                    TNumbers.Load(pixels[column], channel), TNumbers.Load(pixels[Side + column], channel), TNumbers.Load(pixels[(2 * Side) + column], channel),
                    TNumbers.Load(pixels[(3 * Side) + column], channel), half, column * Vector512<float>.Count, Side * Vector512<float>.Count);
            }

            for (int row = 0; row < Side; row++)
            {
                float* line = half + (row * Side * Vector512<float>.Count);
                Patch1<TNumbers>(
                    Vector512.Load(line), Vector512.Load(line + 16), Vector512.Load(line + 32), Vector512.Load(line + 48), target, (row * Side * stride) + channel, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TransformProducts(float* products, long stride, float* results)
    {
        float* half = stackalloc float[2 * Side * Vector512<float>.Count];
        for (int column = 0; column < Side; column++)
        {
            float* first = products + (column * stride);
            var (upper, lower) = Results1(
                Vector512.Load(first), Vector512.Load(first + (Side * stride)), Vector512.Load(first + (2 * Side * stride)), Vector512.Load(first + (3 * Side * stride)));
            upper.Store(half + (column * 16));
            lower.Store(half + ((Side + column) * 16));
        }

        for (int row = 0; row < 2; row++)
        {
            float* line = half + (row * Side * 16);
            var (left, right) = Results1(Vector512.Load(line), Vector512.Load(line + 16), Vector512.Load(line + 32), Vector512.Load(line + 48));
            left.Store(results + (row * 32));
            right.Store(results + (row * 32) + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Patch1<TNumbers>(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, void* target, long place, long stride)
        where TNumbers : IMapNumbers
    {
        TNumbers.Store(target, place, a - c);
        TNumbers.Store(target, place + stride, b + c);
        TNumbers.Store(target, place + (2 * stride), c - b);
        TNumbers.Store(target, place + (3 * stride), b - d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) Results1(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) => (a + b + c, b - c - d);
}
