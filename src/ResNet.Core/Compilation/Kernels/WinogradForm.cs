using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>
/// Winograd's minimal filtering (Lavin, Gray: "Fast Algorithms for Convolutional Neural Networks", 2015): the 3×3 convolution of a square patch, as products of
/// transformed numbers. There are fewer of them than in the sum that defines it: 2.25 times for tiles of 2×2 results, 4 times for tiles of 4×4.
/// </summary>
internal abstract unsafe class WinogradForm
{
    private const int Kernel = 3;

    protected WinogradForm(int tile)
    {
        Tile = tile;
        Patch = tile + Kernel - 1;
    }

    /// <summary>Results of a tile in a row.</summary>
    public int Tile { get; }

    /// <summary>Numbers of the input that they depend on, in a row.</summary>
    public int Patch { get; }

    /// <summary>Products for a tile, channel and result.</summary>
    public int Products => Patch * Patch;

    /// <summary>The matrix that transforms kernels: Patch rows of 3.</summary>
    protected abstract double[][] Kernels { get; }

    /// <summary>In which numbers a map is multiplied: how transformed patches and weights are stored.</summary>
    /// <param name="map">How the map is stored.</param>
    public abstract NumberKind ProductKind(NumberKind map);

    /// <summary>
    /// What transforms the patch of a tile. It takes the addresses of the Patch×Patch pixels; the channels, a multiple of 16; where the first transformed number of
    /// each channel goes; and how far it is from one transformed number of a channel to the next, in numbers.
    /// </summary>
    /// <param name="map">How the pixels are stored.</param>
    public abstract delegate*<byte**, int, byte*, long, void> PatchTransform(NumberKind map);

    /// <summary>Transforms 16 columns of a tile's products back.</summary>
    /// <param name="products">The first product.</param>
    /// <param name="stride">From one product to the next, in numbers.</param>
    /// <param name="results">Receives Tile×Tile vectors of 16.</param>
    public abstract void TransformProducts(float* products, long stride, float* results);

    /// <summary>Transforms the kernels of one output, in double arithmetic; numbers are rounded once.</summary>
    /// <param name="kernels">Inputs × 3 × 3; the inputs are a multiple of 16.</param>
    /// <param name="target">Receives a number of each input for the first product, then for the second, and so on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransformKernels(ReadOnlySpan<float> kernels, Span<float> target)
    {
        double[][] matrix = Kernels;
        int inputs = kernels.Length / (Kernel * Kernel), lanes = Vector512<double>.Count;
        double* taps = stackalloc double[Kernel * Kernel * lanes];
        for (int first = 0; first < inputs; first += lanes)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                for (int tap = 0; tap < Kernel * Kernel; tap++)
                {
                    taps[(tap * lanes) + lane] = kernels[((first + lane) * Kernel * Kernel) + tap];
                }
            }

            for (int row = 0; row < Patch; row++)
            {
                double[] rows = matrix[row];
                var left = Combine(rows, taps, Kernel * lanes);
                var middle = Combine(rows, taps + lanes, Kernel * lanes);
                var right = Combine(rows, taps + (2 * lanes), Kernel * lanes);
                for (int column = 0; column < Patch; column++)
                {
                    double[] columns = matrix[column];
                    var product = (left * columns[0]) + (middle * columns[1]) + (right * columns[2]);
                    Vector512.Narrow(product, product).GetLower().CopyTo(target[((((row * Patch) + column) * inputs) + first)..]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Combine(double[] factors, double* numbers, int stride) =>
        (Vector512.Load(numbers) * factors[0]) + (Vector512.Load(numbers + stride) * factors[1]) + (Vector512.Load(numbers + (2 * stride)) * factors[2]);
}
