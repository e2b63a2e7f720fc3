using System.Runtime.InteropServices;
using ResNet.Blocks;
using ResNet.Layers;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Runs a network forward and backward along different paths on the same random pictures. When it is disposed, the network, its running
/// statistics and torch's generators are as they were. Meanwhile the branches of its blocks add little to their shortcuts.
/// </summary>
internal sealed class ComputePathTrial : IDisposable
{
    // A tensor whose gradient is this small beside the whole is rounding, and is not judged by its own length.
    private const double SmallShare = 1e-3;

    /// <summary>
    /// The scale at the end of each branch. Rounding grows from block to block, most of all with fresh weights and few pictures, until in bfloat16 nothing can be told from it:
    /// ResNet-50's gradients are off by 164 % at the usual scale of 1 and by 32 % at this one, ResNet-152's by 171 and 58 %. In float32 those of ResNet-152 are off by 21 and 1.3 %.
    /// </summary>
    private const double BranchScale = 0.1;

    private readonly ResNetModel _model;
    private readonly bool _wasTraining;
    private readonly Tensor _generator;
    private readonly (Tensor Tensor, Tensor Saved)[] _changed;
    private readonly Tensor _images;
    private readonly Tensor _channelsLast;
    private readonly Tensor _labels;
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private double _referenceLoss;
    private Tensor _referenceLogits = null!;
    private Tensor[] _reference = [];

    public ComputePathTrial(ResNetModel model, int batchSize, int height, int width, Device device)
    {
        _model = model;
        _wasTraining = model.training;
        _generator = torch.get_rng_state();
        Tensor[] scales = [.. WeightInitializer.LastScales(model, model.Options)];
        _changed = [.. model.buffers().Concat(scales).Select(tensor => (tensor, tensor.detach().clone()))];
        torch.random.manual_seed(0);
        _images = torch.randn(batchSize, model.Options.InputChannels, height, width, dtype: torch.float32, device: torch.CPU).to(device);
        _channelsLast = MemoryLayout.ChannelsLast(_images);
        _labels = torch.randint(model.Options.ClassCount, [batchSize], dtype: torch.int64, device: torch.CPU).to(device);
        model.train();
        using var none = torch.no_grad();
        foreach (var scale in scales)
        {
            scale.fill_(BranchScale);
        }
    }

    /// <summary>Computes what the other paths are compared with.</summary>
    public void RunReference(ComputePath path)
    {
        using var scope = torch.NewDisposeScope();
        _referenceLoss = Run(path, out var logits);
        _referenceLogits = logits.MoveToOuterDisposeScope();
        _reference = [.. Gradients().Select(gradient => gradient.clone().MoveToOuterDisposeScope())];
        ForgetGradients();
    }

    /// <summary>Compares a path with the reference. Where it cannot run, as bfloat16 on GPUs whose cuDNN has no kernels for it, the result says so.</summary>
    public TrialResult Compare(ComputePath path)
    {
        try
        {
            return Measure(path);
        }
        catch (ExternalException failure)
        {
            ForgetGradients();
            return new TrialResult(path, double.NaN, double.NaN, double.NaN) { Failure = failure.Message.Split('\n')[0] };
        }
    }

    private TrialResult Measure(ComputePath path)
    {
        using var scope = torch.NewDisposeScope();
        double loss = Run(path, out var logits);
        double[] lengths = [.. _reference.Select(Length)];
        double floor = SmallShare * Math.Sqrt(lengths.Sum(length => length * length));
        double[] errors = [.. Gradients().Zip(_reference, (found, expected) => Length(found - expected)).Zip(lengths, (error, length) => error / Math.Max(length, floor))];
        ForgetGradients();

        // Max() passes over NaN.
        double worst = errors.Any(double.IsNaN) ? double.NaN : errors.Max();
        double logitError = Length(logits - _referenceLogits) / Length(_referenceLogits);
        return new TrialResult(path, Math.Abs((loss / _referenceLoss) - 1), logitError, worst) { UsesTensorFloat32 = KernelEnvironment.UsesTensorFloat32(_images.device_type) };
    }

    public void Dispose()
    {
        ForgetGradients();
        using (torch.no_grad())
        {
            foreach (var (tensor, saved) in _changed)
            {
                tensor.copy_(saved);
            }
        }

        torch.set_rng_state(_generator);
        _model.train(_wasTraining);
        _scope.Dispose();
    }

    private double Run(ComputePath path, out Tensor logits)
    {
        using var scope = torch.NewDisposeScope();
        var result = Forward(path);
        var loss = torch.nn.functional.cross_entropy(result, _labels);
        loss.backward();
        logits = result.detach().MoveToOuterDisposeScope();

        // Waits for the device as well.
        return loss.item<float>();
    }

    private Tensor Forward(ComputePath path)
    {
        var images = path.ChannelsLast ? _channelsLast : _images;
        using var autocast = path.BFloat16 ? Autocast.Begin(images.device_type, torch.ScalarType.BFloat16) : null;
        return _model.call(images).to(torch.ScalarType.Float32);
    }

    private IEnumerable<Tensor> Gradients() => _model.parameters().Select(parameter => parameter.grad).OfType<Tensor>();

    private void ForgetGradients()
    {
        foreach (var parameter in _model.parameters())
        {
            parameter.grad = null;
        }
    }

    private static double Length(Tensor tensor) => tensor.norm().item<float>();
}
