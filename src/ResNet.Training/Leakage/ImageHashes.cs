using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The hashes of a data set's images.</summary>
internal static class ImageHashes
{
    // Progress is for people.
    private const int ProgressSteps = 200;

    /// <summary>Hashes files where images are files of their own, and pixels where they are not (in an archive, or generated): what costs the least.</summary>
    /// <returns>A hash for each image; null where it cannot be read.</returns>
    public static ImageHash?[] Of(IImageDataset dataset, int workerCount, CancellationToken cancellationToken)
    {
        var hashes = new ImageHash?[dataset.Count];
        ForEach(
            dataset.Count,
            workerCount,
            index => hashes[index] = File.Exists(dataset.NameOf(index)) ? OfFile(dataset, index) : OfPixels(dataset, index),
            cancellationToken: cancellationToken);
        return hashes;
    }

    /// <summary>The hashes of one image that can be compared with hashes of these kinds; none where it cannot be read.</summary>
    public static IEnumerable<ImageHash> Of(IImageDataset dataset, int index, IReadOnlyList<ImageHashKind> kinds) =>
        kinds.Select(kind => kind == ImageHashKind.Pixels ? OfPixels(dataset, index) : File.Exists(dataset.NameOf(index)) ? OfFile(dataset, index) : null).OfType<ImageHash>();

    /// <summary>Calls for each index, from several threads at once.</summary>
    public static void ForEach(int count, int workerCount, Action<int> visit, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        int done = 0;
        int step = Math.Max(1, count / ProgressSteps);
        _ = Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workerCount, CancellationToken = cancellationToken }, index =>
        {
            visit(index);
            if (Interlocked.Increment(ref done) is var now && now % step == 0)
            {
                progress?.Report((double)now / count);
            }
        });
    }

    private static ImageHash? OfFile(IImageDataset dataset, int index)
    {
        try
        {
            return ImageHash.OfFile(dataset.NameOf(index));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ImageHash? OfPixels(IImageDataset dataset, int index)
    {
        try
        {
            return ImageHash.OfPixels(dataset.Read(index).Image);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }
}
