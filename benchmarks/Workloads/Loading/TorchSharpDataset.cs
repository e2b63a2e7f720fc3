using ResNet.Imaging;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>The same pictures for TorchSharp's own loader, which takes one tensor a picture. Decoding and augmentation are the library's.</summary>
internal sealed class TorchSharpDataset(LoaderTask task) : torch.utils.data.Dataset
{
    private readonly ThreadLocal<ImageCanvas> _canvas = new(() => new ImageCanvas());
    private readonly Tensor _mean = torch.tensor(task.Normalization.Mean.ToArray()).view(3, 1, 1).DetachFromDisposeScope();
    private readonly Tensor _stdDev = torch.tensor(task.Normalization.StdDev.ToArray()).view(3, 1, 1).DetachFromDisposeScope();

    public override long Count => task.Dataset.Count;

    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        var canvas = _canvas.Value!;
        int label = task.Dataset.Read((int)index, canvas);
        task.Augmentation.Apply(canvas, SampleRandom.For(0, 0, (int)index));
        using var scope = torch.NewDisposeScope();
        var bytes = torch.tensor(canvas.Read().ToArray(), canvas.Height, canvas.Width, 3);
        var image = bytes.permute(2, 0, 1).to(torch.float32).div_(255).sub_(_mean).div_(_stdDev).contiguous();
        return new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["data"] = image.MoveToOuterDisposeScope(),
            ["label"] = torch.tensor((long)label).MoveToOuterDisposeScope(),
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _canvas.Dispose();
            _mean.Dispose();
            _stdDev.Dispose();
        }

        base.Dispose(disposing);
    }
}
