namespace ResNet.Training;

/// <summary>Pictures and their classes as tensors. Disposing it disposes them; no dispose scope does.</summary>
public sealed class Batch : IDisposable
{
    internal Batch(Tensor images, Tensor labels, Tensor? classShares, IReadOnlyList<int> indices, LoaderPosition next)
    {
        Images = images.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        ClassShares = classShares?.DetachFromDisposeScope();
        Indices = indices;
        Next = next;
    }

    /// <summary>Normalized pictures: N x 3 x H x W, float32.</summary>
    public Tensor Images { get; }

    /// <summary>Classes: N, int64. Of a mixed picture, the class of the one that it was made from first.</summary>
    public Tensor Labels { get; }

    /// <summary>What a mixed picture shows, as shares that sum up to 1: N x classes, float32; null where nothing was mixed (<see cref="BatchMixing"/>).</summary>
    public Tensor? ClassShares { get; }

    /// <summary>For each picture, its index in the loader's data set.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>How many pictures there are, N: at most the batch size, less in a last batch and where pictures were unreadable.</summary>
    public int Count => Indices.Count;

    /// <summary>Where the loader goes on after this batch; to be saved, and given to <see cref="BatchLoader.Epoch(LoaderPosition, CancellationToken)"/>.</summary>
    public LoaderPosition Next { get; }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        ClassShares?.Dispose();
    }
}
