using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Reads every picture once, on many threads; each writes to a place of its own, so that sums can be taken in one order.</summary>
internal sealed class PictureScan(DatasetScanOptions options, long total, IProgress<double>? progress, CancellationToken cancellationToken)
{
    private readonly Lock _reporting = new();
    private long _done;

    public PictureFacts[] Read(IImageDataset dataset)
    {
        var facts = new PictureFacts[dataset.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.WorkerCount, CancellationToken = cancellationToken };
        try
        {
            _ = Parallel.For(0, facts.Length, parallel, static () => new ImageCanvas(), (index, _, canvas) => Look(dataset, index, canvas, ref facts[index]), static _ => { });
        }
        catch (AggregateException failures) when (failures.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return facts;
    }

    private ImageCanvas Look(IImageDataset dataset, int index, ImageCanvas canvas, ref PictureFacts facts)
    {
        try
        {
            _ = dataset.Read(index, canvas);
            (facts.Width, facts.Height) = (canvas.Width, canvas.Height);
            var pixels = canvas.Read();
            (facts.Mean, facts.Variance) = Moments(pixels);
            facts.Format = PictureFormat.OfFile(dataset.NameOf(index));
            if (options.FindDuplicates)
            {
                facts.Hash = Hash(canvas.Width, pixels);
            }
        }
        catch (ImageFormatException reason)
        {
            facts.Unreadable = reason;
        }

        if (progress is not null)
        {
            // One at a time, and never backwards.
            lock (_reporting)
            {
                progress.Report((double)++_done / total);
            }
        }

        return canvas;
    }

    /// <summary>Exact: whole numbers until the last division.</summary>
    private static ((double Red, double Green, double Blue) Mean, (double Red, double Green, double Blue) Variance) Moments(ReadOnlySpan<byte> pixels)
    {
        long red = 0, green = 0, blue = 0, redSquares = 0, greenSquares = 0, blueSquares = 0;
        for (int i = 0; i + 2 < pixels.Length; i += 3)
        {
            int r = pixels[i], g = pixels[i + 1], b = pixels[i + 2];
            red += r;
            green += g;
            blue += b;
            redSquares += r * r;
            greenSquares += g * g;
            blueSquares += b * b;
        }

        long count = pixels.Length / 3;
        double n = count;
        return (
            (red / n, green / n, blue / n),
            (Variance(count, red, redSquares), Variance(count, green, greenSquares), Variance(count, blue, blueSquares)));
    }

    // n * sum of squares exceeds 64 bits for pictures of more than 16 megapixels.
    private static double Variance(long count, long sum, long squares) => (double)(((Int128)count * squares) - ((Int128)sum * sum)) / ((double)count * count);

    private static byte[] Hash(int width, ReadOnlySpan<byte> pixels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, width);
        hash.AppendData(head);
        hash.AppendData(pixels);
        return hash.GetHashAndReset();
    }
}
