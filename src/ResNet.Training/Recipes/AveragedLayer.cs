using ResNet.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Training;

/// <summary>One batch normalisation while its statistics are averaged. With a momentum of 1 it stores those of the last batch alone.</summary>
internal sealed class AveragedLayer
{
    private readonly BatchNorm2d _layer;
    private readonly double? _momentum;
    private readonly Tensor[] _before;
    private readonly Tensor[] _sums;
    private int _batchCount;

    /// <summary>Takes a layer over; the tensors made here belong to the caller's dispose scope.</summary>
    public AveragedLayer(BatchNorm2d layer)
    {
        _layer = layer;
        _momentum = layer.momentum;
        _before = [.. Buffers().Select(buffer => buffer.clone())];
        _sums = [.. Statistics().Select(buffer => torch.zeros(buffer.shape, dtype: torch.float64, device: torch.CPU))];
        layer.reset_running_stats();
        layer.momentum = 1;
    }

    public void Add()
    {
        _batchCount++;
        foreach (var (sum, buffer) in _sums.Zip(Statistics()))
        {
            sum.add_(buffer.to(torch.float64).cpu());
        }
    }

    public bool IsFinite() => Array.TrueForAll(_sums, sum => FiniteValues.FirstBroken(sum) is null);

    public void Finish()
    {
        _layer.momentum = _momentum;
        foreach (var (sum, buffer) in _sums.Zip(Statistics()))
        {
            buffer.copy_(sum.div(_batchCount));
        }

        _layer.num_batches_tracked!.copy_(_before[^1]);
    }

    public void Restore()
    {
        _layer.momentum = _momentum;
        foreach (var (value, buffer) in _before.Zip(Buffers()))
        {
            buffer.copy_(value);
        }
    }

    private Tensor[] Statistics() => [_layer.running_mean!, _layer.running_var!];

    private Tensor[] Buffers() => [.. Statistics(), _layer.num_batches_tracked!];
}
