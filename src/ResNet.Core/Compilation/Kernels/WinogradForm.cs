using System.Runtime.CompilerServices;
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

    /// <summary>Transforms one kernel, in double arithmetic.</summary>
    /// <param name="kernel">3×3.</param>
    /// <param name="target">Receives a number for each product.</param>
    /// <param name="stride">From one product to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransformKernel(ReadOnlySpan<float> kernel, Span<float> target, int stride)
    {
        double[][] matrix = Kernels;
        Span<double> half = stackalloc double[Kernel];
        for (int row = 0; row < Patch; row++)
        {
            for (int column = 0; column < Kernel; column++)
            {
                half[column] = (matrix[row][0] * kernel[column]) + (matrix[row][1] * kernel[Kernel + column]) + (matrix[row][2] * kernel[(2 * Kernel) + column]);
            }

            for (int column = 0; column < Patch; column++)
            {
                double[] factors = matrix[column];
                target[((row * Patch) + column) * stride] = (float)((half[0] * factors[0]) + (half[1] * factors[1]) + (half[2] * factors[2]));
            }
        }
    }
}
