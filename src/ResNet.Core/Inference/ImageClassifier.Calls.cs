using System.Diagnostics;
using System.Runtime.InteropServices;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Inference;

/// <content>What every call does: takes a turn to decode, prepares the views, runs the network, counts.</content>
public sealed partial class ImageClassifier
{
    private IReadOnlyList<Prediction> ClassifyOne<T>(T source, Func<T, ImageDecodeOptions, RgbImage> read, int top, CancellationToken cancellationToken)
        where T : allows ref struct
    {
        CheckCall(top);
        var queue = _queue;
        using var call = queue.Enter(Metrics);
        IReadOnlyList<RgbImage> views;
        using (queue.WaitForTurn(cancellationToken))
        {
            views = Prepare(source, queue.Limits.Decoding, read);
        }

        return Predict([views], top)[0];
    }

    private void CheckCall(int top)
    {
        if (top < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(top), top, "How many classes to return must be at least 1.");
        }

        _network.ThrowIfDisposed();
    }

    /// <summary>The views of one picture count as so many pictures, and large ones for more.</summary>
    private int PicturesPerBatch(int viewCount) => Math.Max(1, Options.BatchSizeFor(viewCount, Preprocessing.CropSize) / Preprocessing.ViewCount);

    private IReadOnlyList<RgbImage> Prepare<T>(T source, ImageDecodeOptions decoding, Func<T, ImageDecodeOptions, RgbImage> read)
        where T : allows ref struct
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var views = Preprocessing.ApplyAll(read(source, decoding));
            Metrics.Prepared(Stopwatch.GetElapsedTime(start));
            return views;
        }
        catch (Exception fault)
        {
            Metrics.Failed(fault);
            throw;
        }
    }

    private IReadOnlyList<Prediction>[] Predict(IReadOnlyList<RgbImage>[] pictures, int top)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var results = _network.Use(runner => Predict(runner, pictures, top));
            Metrics.Classified(pictures.Length, Stopwatch.GetElapsedTime(start));
            return results;
        }
        catch (Exception fault) when (fault is not ObjectDisposedException)
        {
            Metrics.Failed(fault);
            throw;
        }
    }

    /// <summary>Inference mode and dispose scopes belong to the thread, so each call enters its own.</summary>
    private IReadOnlyList<Prediction>[] Predict(NetworkRunner runner, IReadOnlyList<RgbImage>[] pictures, int top)
    {
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var input = ImageTensor.FromImages([.. pictures.SelectMany(views => views)], Preprocessing.Normalization, _device);
        int classCount = Options.ClassCount;
        var views = runner.Forward(input).to(torch.ScalarType.Float32).softmax(1);
        var probabilities = (Preprocessing.ViewCount == 1 ? views : views.view(pictures.Length, -1, classCount).mean([1])).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(probabilities.bytes);
        var results = new IReadOnlyList<Prediction>[pictures.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = ClassRanking.Top(values.Slice(i * classCount, classCount), top, Labels);
        }

        return results;
    }
}
