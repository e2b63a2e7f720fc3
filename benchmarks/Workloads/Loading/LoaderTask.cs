using ResNet.Imaging;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Pictures and what is done to them: the same for every loader.</summary>
internal sealed record LoaderTask(IImageDataset Dataset, ITransform Augmentation, Normalization Normalization, ResNetOptions Network, int BatchSize)
{
    public const string Cifar = "cifar";

    /// <summary>Pictures of 32x32 from memory, or, where a folder is given, its photos cropped to 224x224.</summary>
    public static LoaderTask Of(string data) => data == Cifar
        ? new LoaderTask(new MemoryPictures(8192), TransformChain.Cifar10, Normalization.Cifar10, ResNetOptions.Cifar(20), 128)
        : new LoaderTask(new PhotoFiles(data), new PaperCrop(), Normalization.ImageNet, ResNetOptions.ResNet18, 8);

    /// <summary>Batches without end, of a loader.</summary>
    public IEnumerable<(Tensor Images, Tensor Labels)> Batches(string code, int workerCount) =>
        code == LoaderThroughput.TorchSharpCode ? TorchSharpBatches(workerCount) : LibraryBatches(workerCount);

    private IEnumerable<(Tensor Images, Tensor Labels)> LibraryBatches(int workerCount)
    {
        var loader = new BatchLoader(Dataset, new LoaderOptions
        {
            BatchSize = BatchSize,
            Shuffle = true,
            DropLast = true,
            WorkerCount = workerCount,
            Augmentation = Augmentation,
            Normalization = Normalization,
        });
        for (int epoch = 0; ; epoch++)
        {
            foreach (var batch in loader.Epoch(epoch))
            {
                using (batch)
                {
                    yield return (batch.Images, batch.Labels);
                }
            }
        }
    }

    private IEnumerable<(Tensor Images, Tensor Labels)> TorchSharpBatches(int workerCount)
    {
        using var dataset = new TorchSharpDataset(this);
        using var loader = torch.utils.data.DataLoader(
            dataset, BatchSize, shuffle: true, device: torch.CPU, num_worker: workerCount, drop_last: true, disposeBatch: true, disposeDataset: false);
        while (true)
        {
            foreach (var batch in loader)
            {
                yield return (batch["data"], batch["label"]);
            }
        }
    }
}
