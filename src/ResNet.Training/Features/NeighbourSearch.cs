using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Exact search for the most similar rows: every query is held against every row, as matrix products of blocks, so that memory does not grow with the
/// product of both counts. Cosines are computed in double precision and rounded to single, so that equal pictures are equal wherever they stand.
/// </summary>
internal static class NeighbourSearch
{
    private const int QueriesAtOnce = 256;
    private const int RowsAtOnce = 2048;

    /// <summary>The nearest rows of each query.</summary>
    /// <param name="queries">The queries, one after the other.</param>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="width">Numbers of a query or row.</param>
    /// <param name="top">How many to find, 1 or more.</param>
    /// <param name="isLeftOut">Whether a row is no neighbour of a query, both by index.</param>
    /// <param name="progress">Hears the share that is done.</param>
    /// <param name="cancellationToken">Stops it between two blocks.</param>
    public static IReadOnlyList<Neighbour>[] Find(
        ReadOnlyMemory<float> queries,
        ReadOnlyMemory<float> rows,
        int width,
        int top,
        Func<int, int, bool> isLeftOut,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        int queryCount = queries.Length / width, rowCount = rows.Length / width;
        var lists = new NearestList[queryCount];
        for (int first = 0; first < queryCount; first += QueriesAtOnce)
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            int count = Math.Min(QueriesAtOnce, queryCount - first);
            var block = Unit(queries.Span.Slice(first * width, count * width), width);
            for (int i = first; i < first + count; i++)
            {
                lists[i] = new NearestList(top);
            }

            for (int row = 0; row < rowCount; row += RowsAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(block, rows.Span.Slice(row * width, Math.Min(RowsAtOnce, rowCount - row) * width), width, (query, found, similarity) =>
                {
                    if (!isLeftOut(first + query, row + found))
                    {
                        lists[first + query].Offer(row + found, similarity);
                    }
                });
            }

            progress?.Report((double)(first + count) / queryCount);
        }

        return Array.ConvertAll(lists, list => list.Nearest);
    }

    private static void Compare(Tensor queries, ReadOnlySpan<float> rows, int width, Action<int, int, float> hear)
    {
        using var scope = torch.NewDisposeScope();
        var cosines = queries.matmul(Unit(rows, width).t()).to(torch.float32).contiguous();
        var values = MemoryMarshal.Cast<byte, float>(cosines.bytes);
        int rowCount = rows.Length / width;
        for (int i = 0; i < values.Length; i++)
        {
            hear(i / rowCount, i % rowCount, values[i]);
        }
    }

    /// <summary>Rows of length 1. A row of zeros stays one, and so is like nothing.</summary>
    private static Tensor Unit(ReadOnlySpan<float> values, int width)
    {
        var single = torch.empty([values.Length / width, width], dtype: torch.float32, device: torch.CPU);
        values.CopyTo(MemoryMarshal.Cast<byte, float>(single.bytes));
        var exact = single.to(torch.float64);
        var lengths = exact.pow(2).sum(1, keepdim: true).sqrt();
        return exact / torch.where(lengths == 0, torch.ones_like(lengths), lengths);
    }
}
