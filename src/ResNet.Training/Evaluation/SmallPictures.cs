using System.Runtime.ExceptionServices;

namespace ResNet.Training;

/// <summary>Finds pictures that are smaller than the crop and that nothing resizes, before the work starts where their sizes can be told.</summary>
internal static class SmallPictures
{
    public static bool IsSmall(int width, int height, EvaluationPlan plan) => Math.Min(width, height) + (2L * plan.Padding) < plan.CropSize;

    public static DatasetException Error(string found, EvaluationPlan plan) =>
        new(Invariant($"{found}{(plan.Padding > 0 ? Invariant($" before a padding of {plan.Padding}") : "")}, smaller than the crop of {plan.CropSize}x{plan.CropSize}, and nothing resizes it. ")
            + $"Set {nameof(EvaluationOptions)}.{nameof(EvaluationOptions.Scales)} or {nameof(Imaging.Preprocessing)}.{nameof(Imaging.Preprocessing.ResizeShorterSide)}, "
            + $"pad it, leave it out, or set {nameof(EvaluationOptions.EnlargeSmallPictures)}.");

    /// <summary>Asks for the size of every picture, where it can matter.</summary>
    /// <returns>The pixels of the largest one; null where sizes do not matter, or not all can be told.</returns>
    /// <exception cref="DatasetException">A picture is smaller than the crop.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static long? Check(IImageDataset dataset, EvaluationPlan plan, CancellationToken cancellationToken)
    {
        bool mayBeSmall = !plan.Options.EnlargeSmallPictures;
        if (dataset is not ISizedDataset sized || !plan.KeepsSizes || !(mayBeSmall || plan.Options.FullyConvolutional))
        {
            return null;
        }

        var sizes = SizesOf(sized, plan, cancellationToken);
        int[] small = mayBeSmall ? [.. sizes.Index().Where(entry => entry.Item is var (width, height) && IsSmall(width, height, plan)).Select(entry => entry.Index)] : [];
        if (small.Length > 0)
        {
            string others = small.Length > 1 ? Invariant($" (so are {small.Length - 1} more of {dataset.Count})") : "";
            throw Error($"{dataset.NameOf(small[0])} is {sizes[small[0]]}{others}", plan);
        }

        return Array.TrueForAll(sizes, size => size is not null) ? sizes.Max(size => (long)size!.Value.Width * size.Value.Height) : null;
    }

    private static PictureSize?[] SizesOf(ISizedDataset dataset, EvaluationPlan plan, CancellationToken cancellationToken)
    {
        var sizes = new PictureSize?[dataset.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = plan.Options.WorkerCount, CancellationToken = cancellationToken };
        try
        {
            _ = Parallel.For(0, sizes.Length, parallel, index => sizes[index] = dataset.SizeOf(index));
        }
        catch (AggregateException failures) when (failures.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return sizes;
    }
}
