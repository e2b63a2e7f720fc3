using ResNet.Compilation;

namespace ResNet.Core.Tests.Compilation;

public sealed unsafe class WeightPackingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(27, 16)]
    [InlineData(147, 64)]
    [InlineData(130, 85)]
    public void Floats_lie_row_by_row_in_blocks(int depth, int columns) =>
        Check<float>(NumberKind.Float32, depth, columns, number => number);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(27, 16)]
    [InlineData(147, 64)]
    [InlineData(130, 85)]
    public void Halves_lie_in_pairs_of_rows(int depth, int columns) =>
        Check(NumberKind.BFloat16, depth, columns, BFloat16Bits.Round);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(27, 16)]
    [InlineData(147, 64)]
    [InlineData(130, 85)]
    public void Bytes_lie_in_fours_of_rows(int depth, int columns) =>
        Check(NumberKind.Int8, depth, columns, number => (sbyte)Math.Clamp(MathF.Round(number), -127, 127));

    [Fact]
    public void Layers_share_memory_and_do_not_overlap()
    {
        using var memory = new WeightMemory();
        var first = WeightPacking.Pack(NumberKind.Float32, 10, 20, (_, numbers) => numbers.Fill(1), memory);
        var large = WeightPacking.Pack(NumberKind.Float32, 300_000, 64, (_, numbers) => numbers.Fill(2), memory);
        var last = WeightPacking.Pack(NumberKind.Float32, 10, 20, (_, numbers) => numbers.Fill(3), memory);

        Numbers(first).Should().OnlyContain(number => number == 1 || number == 0).And.Contain(1);
        Numbers(large).Should().OnlyContain(number => number == 2);
        Numbers(last).Should().OnlyContain(number => number == 3 || number == 0).And.Contain(3);
        ((nint)last.Block(0, sizeof(float)) % 64).Should().Be(0);

        static float[] Numbers(WeightPacking packed) => new ReadOnlySpan<float>(packed.Block(0, sizeof(float)), (int)(packed.Size / sizeof(float))).ToArray();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Winograds_kernels_are_transformed_in_double_and_rounded_once(int tile)
    {
        const int inputs = 48;
        double[][] matrix = tile == 2
            ? [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]
            : [[0.25, 0, 0], [-1.0 / 6, -1.0 / 6, -1.0 / 6], [-1.0 / 6, 1.0 / 6, -1.0 / 6], [1.0 / 24, 1.0 / 12, 1.0 / 6], [1.0 / 24, -1.0 / 12, 1.0 / 6], [0, 0, 1]];
        var random = new Random(3);
        float[] kernels = [.. Enumerable.Range(0, inputs * 9).Select(_ => (float)(random.NextDouble() - 0.5))];
        WinogradForm form = tile == 2 ? new WinogradTwo() : new WinogradFour();
        float[] transformed = new float[form.Products * inputs];

        form.TransformKernels(kernels, transformed);

        for (int i = 0; i < transformed.Length; i++)
        {
            int input = i % inputs, row = i / inputs / matrix.Length, column = i / inputs % matrix.Length;
            double[] half = [.. Enumerable.Range(0, 3).Select(x => Sum(matrix[row], y => kernels[(input * 9) + (3 * y) + x]))];
            transformed[i].Should().Be((float)Sum(matrix[column], x => half[x]));
        }

        static double Sum(double[] factors, Func<int, double> number) => (factors[0] * number(0)) + (factors[1] * number(1)) + (factors[2] * number(2));
    }

    /// <summary>Every number, that of padding included, is where the definition puts it.</summary>
    private static void Check<T>(NumberKind kind, int depth, int columns, Func<float, T> store)
        where T : unmanaged
    {
        var random = new Random(depth);
        float[] numbers = [.. Enumerable.Range(0, depth * columns).Select(_ => (float)((random.NextDouble() * 300) - 150))];
        using var memory = new WeightMemory();
        var packed = WeightPacking.Pack(kind, depth, columns, (column, target) => numbers.AsSpan(column * depth, depth).CopyTo(target), memory);

        int together = 4 / sizeof(T), padded = (depth + together - 1) / together * together;
        packed.Depth.Should().Be(padded);
        for (int first = 0; first < columns; first += 64)
        {
            int width = Math.Min(64, (columns - first + 15) / 16 * 16);
            var block = new ReadOnlySpan<T>(packed.Block(first, sizeof(T)), padded * width);
            for (int row = 0; row < padded; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    var expected = row < depth && first + column < columns ? store(numbers[((first + column) * depth) + row]) : store(0);
                    block[(((row / together * width) + column) * together) + (row % together)].Should().Be(expected);
                }
            }
        }
    }
}
