namespace ResNet.Training;

/// <summary>Pictures and their classes as tensors. Disposing it disposes both; no dispose scope does.</summary>
public sealed class Batch : IDisposable
{
    internal Batch(Tensor images, Tensor labels, IReadOnlyList<int> indices)
    {
        Images = images.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        Indices = indices;
    }

    /// <summary>Normalized pictures: N x 3 x H x W, float32.</summary>
    public Tensor Images { get; }

    /// <summary>Classes: N, int64.</summary>
    public Tensor Labels { get; }

    /// <summary>For each picture, its index in the loader's data set.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>How many pictures there are, N: at most the batch size, less in a last batch and where pictures were unreadable.</summary>
    public int Count => Indices.Count;

    /// <summary>Disposes both tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
