using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Tiles of 4×4 results, from the points 0, 1, -1, 2, -2 and infinity: 36 products instead of 144. They must be floats: bfloat16 is too coarse for them.</summary>
internal sealed unsafe class WinogradFour() : WinogradForm(tile: 4)
{
    private const int Side = 6;
    private const int Lanes = 16;

    protected override double[][] Kernels { get; } =
    [
        [1.0 / 4, 0, 0], [-1.0 / 6, -1.0 / 6, -1.0 / 6], [-1.0 / 6, 1.0 / 6, -1.0 / 6], [1.0 / 24, 1.0 / 12, 1.0 / 6], [1.0 / 24, -1.0 / 12, 1.0 / 6], [0, 0, 1],
    ];

    /// <inheritdoc/>
    public override NumberKind ProductKind(NumberKind map) => NumberKind.Float32;

    /// <inheritdoc/>
    public override delegate*<byte**, int, byte*, long, void> PatchTransform(NumberKind map) =>
        map == NumberKind.Float32 ? &TransformPatch<FloatNumbers> : &TransformPatch<BFloat16Numbers>;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformPatch<TMap>(byte** pixels, int channels, byte* target, long stride)
        where TMap : IMapNumbers
    {
        float* half = stackalloc float[Side * Side * Lanes];
        for (int channel = 0; channel < channels; channel += Lanes)
        {
            for (int column = 0; column < Side; column++)
            {
                Patch1(
                    TMap.Load(pixels[column], channel), TMap.Load(pixels[Side + column], channel), TMap.Load(pixels[(2 * Side) + column], channel),
                    TMap.Load(pixels[(3 * Side) + column], channel), TMap.Load(pixels[(4 * Side) + column], channel),
                    TMap.Load(pixels[(5 * Side) + column], channel), half + (column * Lanes), Side * Lanes);
            }

            for (int row = 0; row < Side; row++)
            {
                float* line = half + (row * Side * Lanes);
                Patch1(
                    Vector512.Load(line), Vector512.Load(line + 16), Vector512.Load(line + 32), Vector512.Load(line + 48), Vector512.Load(line + 64),
                    Vector512.Load(line + 80), (float*)target + (row * Side * stride) + channel, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TransformProducts(float* products, long stride, float* results)
    {
        float* half = stackalloc float[4 * Side * Lanes];
        long line = Side * stride;
        for (int column = 0; column < Side; column++)
        {
            float* first = products + (column * stride);
            Results1(
                Vector512.Load(first), Vector512.Load(first + line), Vector512.Load(first + (2 * line)), Vector512.Load(first + (3 * line)),
                Vector512.Load(first + (4 * line)), Vector512.Load(first + (5 * line)), half + (column * Lanes), Side * Lanes);
        }

        for (int row = 0; row < 4; row++)
        {
            float* first = half + (row * Side * Lanes);
            Results1(
                Vector512.Load(first), Vector512.Load(first + 16), Vector512.Load(first + 32), Vector512.Load(first + 48), Vector512.Load(first + 64),
                Vector512.Load(first + 80), results + (row * 4 * Lanes), Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Patch1(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, Vector512<float> e, Vector512<float> f, float* target, long stride)
    {
        var four = Vector512.Create(4f);
        var five = Vector512.Create(5f);
        var evenOne = e - (four * c);
        var oddOne = d - (four * b);
        var evenTwo = e - c;
        var oddTwo = 2f * (d - b);
        ((four * a) - (five * c) + e).Store(target);
        (evenOne + oddOne).Store(target + stride);
        (evenOne - oddOne).Store(target + (2 * stride));
        (evenTwo + oddTwo).Store(target + (3 * stride));
        (evenTwo - oddTwo).Store(target + (4 * stride));
        ((four * b) - (five * d) + f).Store(target + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Results1(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, Vector512<float> e, Vector512<float> f, float* target, int stride)
    {
        var sumOne = b + c;
        var differenceOne = b - c;
        var sumTwo = d + e;
        var differenceTwo = d - e;
        (a + sumOne + sumTwo).Store(target);
        (differenceOne + (2f * differenceTwo)).Store(target + stride);
        (sumOne + (4f * sumTwo)).Store(target + (2 * stride));
        (differenceOne + (8f * differenceTwo) + f).Store(target + (3 * stride));
    }
}
