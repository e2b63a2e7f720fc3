using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Finds classes of which no image can be read, before hours of training: single images that cannot be read are left out, but nobody means to
/// leave a whole class out.
/// </summary>
internal static class ReadableClasses
{
    /// <summary>Reads images of each class until one can be read: mostly one of each.</summary>
    /// <exception cref="DatasetException">A class has images, but none can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Ensure(IImageDataset dataset, CancellationToken cancellationToken)
    {
        var readable = new HashSet<int>();
        var reasons = new SortedDictionary<int, DataFault>();
        for (int i = 0; i < dataset.Count; i++)
        {
            int label = dataset.LabelOf(i);
            if (readable.Contains(label))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (Reason(dataset, i) is { } reason)
            {
                _ = reasons.TryAdd(label, new DataFault(dataset.Labels[label], $"{reason.Path}: {reason.Reason}"));
            }
            else
            {
                _ = readable.Add(label);
                _ = reasons.Remove(label);
            }
        }

        Ensure(reasons.Values);
    }

    /// <param name="unreadable">Classes without an image that can be read, each with a reason.</param>
    /// <exception cref="DatasetException">There are some.</exception>
    public static void Ensure(IReadOnlyCollection<DataFault> unreadable)
    {
        if (unreadable.Count > 0)
        {
            throw new DatasetException(
                $"No picture can be read of {(unreadable.Count == 1 ? "1 class" : Invariant($"{unreadable.Count} classes"))}: "
                + $"{DatasetLayout.Names([.. unreadable.Select(fault => $"{fault.Path} ({fault.Reason})")])}. "
                + "Repair the pictures or convert them, or remove the folder to go on without the class.");
        }
    }

    private static DataFault? Reason(IImageDataset dataset, int index)
    {
        try
        {
            _ = dataset.Read(index);
            return null;
        }
        catch (ImageFormatException ex)
        {
            return DataFault.Of(dataset.NameOf(index), ex);
        }
    }
}
