namespace ResNet.Training.Tests.Features;

public sealed class NeighbourSearchTests
{
    [Fact]
    public void Blocks_of_any_number_give_what_one_comparison_after_the_other_gives()
    {
        const int Count = 2500, Width = 7;
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, Count * Width).Select(_ => (float)random.NextDouble() - 0.3f)];
        var table = Table(values, Width);

        var nearest = table.NearestOfEach(3);

        nearest.Should().HaveCount(Count);
        foreach (int query in new[] { 0, 255, 256, 2047, 2048, 2499 })
        {
            var expected = Enumerable.Range(0, Count).Where(row => row != query)
                .Select(row => new Neighbour(row, Cosine(values.AsSpan(query * Width, Width), values.AsSpan(row * Width, Width))))
                .OrderByDescending(neighbour => neighbour.Similarity).ThenBy(neighbour => neighbour.Index).Take(3);
            nearest[query].Select(neighbour => neighbour.Index).Should().Equal(expected.Select(neighbour => neighbour.Index));
            nearest[query].Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First.Similarity - pair.Second.Similarity) < 1e-6f);
            table.Nearest(query, 3).Should().Equal(nearest[query]);
        }
    }

    [Fact]
    public void Equally_similar_rows_come_in_their_order_and_a_row_is_none_of_its_own_neighbours()
    {
        // Rows 0, 2 and 4 point the same way at other lengths.
        var table = Table([1, 2, 9, 1, 3, 6, -1, -2, 0.5f, 1], 2);
        table.Nearest(2).Select(neighbour => neighbour.Index).Should().Equal(0, 4, 1, 3);
        table.Nearest(2)[0].Similarity.Should().Be(1);
        table.Nearest(2)[3].Similarity.Should().Be(-1);
        table.Nearest(new float[] { 2, 4 }, 2).Select(neighbour => neighbour.Index).Should().Equal(0, 2);
    }

    [Fact]
    public void A_row_of_zeros_is_like_nothing_and_no_number_is_like_less()
    {
        var table = Table([1, 0, 0, 0, float.NaN, 1, 0, 1, -1, 0], 2);
        table.Nearest(0).Select(neighbour => neighbour.Index).Should().Equal(1, 3, 4, 2);
        table.Nearest(0)[0].Similarity.Should().Be(0);
        table.Nearest(0)[3].Similarity.Should().Be(float.NaN);
    }

    [Fact]
    public void Searching_leaves_no_tensors_and_can_be_stopped()
    {
        var table = Table([.. Enumerable.Range(0, 600).Select(i => (float)i)], 2);
        LiveTensors.ShouldBeLeftBy(() => table.NearestOfEach(), 0);
        using var stop = new CancellationTokenSource();
        var progress = new ImmediateProgress<double>(_ => stop.Cancel());
        FluentActions.Invoking(() => table.NearestOfEach(1, progress, stop.Token)).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void What_does_not_fit_the_table_is_refused()
    {
        var table = Table([1, 2, 3, 4], 2);
        FluentActions.Invoking(() => table.Nearest(new float[3])).Should().Throw<ArgumentException>().WithMessage("There are 3 numbers, but the table's rows have 2;*");
        FluentActions.Invoking(() => table.Nearest(2)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => table.Nearest(0, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Table([1, 2, 3], 2)).Should().Throw<ArgumentException>();
    }

    private static FeatureTable Table(float[] values, int width) =>
        new([.. Enumerable.Range(0, values.Length / width).Select(i => $"{i}")], new string?[values.Length / width], values, width);

    private static float Cosine(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double product = 0, first = 0, second = 0;
        for (int i = 0; i < one.Length; i++)
        {
            product += (double)one[i] * other[i];
            first += (double)one[i] * one[i];
            second += (double)other[i] * other[i];
        }

        return (float)(product / (Math.Sqrt(first) * Math.Sqrt(second)));
    }
}
