using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Training;

/// <summary>
/// Stochastic gradient descent with momentum (section 3.4). All parameters, gradients and momenta of a network lie in one tensor each, so that a
/// step is a handful of operations, however many layers there are.
/// </summary>
internal sealed class MomentumSgd : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly FlatTensors _weights;
    private readonly IReadOnlyList<ParameterGroup> _groups;

    public MomentumSgd(ResNetModel model, TrainingOptions options)
    {
        _options = options;
        // What takes no gradient is left to whoever froze it; decay and momentum must not move it.
        var kinds = model.named_parameters()
            .Where(pair => pair.parameter.requires_grad)
            .Select(pair => (pair.parameter, IsClassifier: pair.name.StartsWith("fc.", StringComparison.Ordinal), Decays: IsDecayed(pair.parameter)))
            .OrderBy(kind => kind.IsClassifier).ThenBy(kind => kind.Decays)
            .ToArray();
        _parameters = [.. kinds.Select(kind => kind.parameter)];
        _weights = new FlatTensors(_parameters);
        Gradients = torch.zeros_like(_weights.Whole).DetachFromDisposeScope();
        Velocity = torch.zeros_like(_weights.Whole).DetachFromDisposeScope();
        for (int i = 0; i < _parameters.Count; i++)
        {
            // Backward adds into a gradient that is there; it then lies where the step wants it.
            using var gradient = _weights.Layout.View(Gradients, i);
            _parameters[i].grad = gradient;
        }

        _groups = [.. Groups([.. kinds.Select(kind => (kind.IsClassifier, kind.Decays))])];
    }

    public Tensor Weights => _weights.Whole;

    public Tensor Gradients { get; }

    public Tensor Velocity { get; }

    public void ZeroGradients()
    {
        using var same = Gradients.zero_();
    }

    /// <summary>Changes the weights by the gradients, which it uses up.</summary>
    /// <param name="learningRate">The rate of this iteration.</param>
    /// <param name="isBackboneFrozen">Whether the classifier alone learns.</param>
    public void Step(double learningRate, bool isBackboneFrozen)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Clip();
        foreach (var group in _groups)
        {
            if (isBackboneFrozen && !group.IsClassifier)
            {
                continue;
            }

            if (group.Decays && _options.WeightDecay > 0)
            {
                group.Gradients.add_(group.Weights, alpha: _options.WeightDecay);
            }

            Descend(group, group.IsClassifier ? learningRate : learningRate * _options.BackboneRateFactor);
        }
    }

    public void Dispose()
    {
        foreach (var group in _groups)
        {
            group.Dispose();
        }

        foreach (var parameter in _parameters)
        {
            parameter.grad = null;
        }

        Gradients.Dispose();
        Velocity.Dispose();
        _weights.Dispose();
    }

    private void Descend(ParameterGroup group, double rate)
    {
        bool isCaffe = _options.MomentumForm == MomentumForm.Caffe;
        if (isCaffe)
        {
            group.Gradients.mul_(rate);
        }

        group.Velocity.mul_(_options.Momentum).add_(group.Gradients);
        var direction = group.Velocity;
        if (_options.Nesterov)
        {
            direction = group.Gradients.add_(group.Velocity, alpha: _options.Momentum);
        }

        group.Weights.add_(direction, alpha: isCaffe ? -1 : -rate);
    }

    private void Clip()
    {
        if (_options.GradientClipNorm is not { } limit)
        {
            return;
        }

        double length = Gradients.norm().item<float>();
        if (length > limit)
        {
            Gradients.mul_(limit / length);
        }
    }

    // Matrices and convolutions have two dimensions and more; batch normalisation and biases one.
    private bool IsDecayed(Tensor parameter) => _options.WeightDecayTarget == WeightDecayTarget.AllParameters || parameter.dim() > 1;

    private IEnumerable<ParameterGroup> Groups(IReadOnlyList<(bool IsClassifier, bool Decays)> kinds)
    {
        for (int first = 0, end = 1; end <= kinds.Count; end++)
        {
            if (end == kinds.Count || kinds[end] != kinds[first])
            {
                yield return new ParameterGroup(
                    kinds[first].IsClassifier, kinds[first].Decays, Stretch(Weights, first, end), Stretch(Gradients, first, end), Stretch(Velocity, first, end));
                first = end;
            }
        }
    }

    private Tensor Stretch(Tensor flat, int first, int end) => _weights.Layout.Range(flat, first, end).DetachFromDisposeScope();
}
