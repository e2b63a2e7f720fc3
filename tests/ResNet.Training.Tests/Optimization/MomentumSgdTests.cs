using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>The step, against PyTorch's own optimiser and by hand.</summary>
public sealed class MomentumSgdTests : IDisposable
{
    private static readonly double[] Rates = [0.1, 0.1, 0.01, 0.01];
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_equal_those_of_PyTorch_through_a_drop_of_the_rate(bool nesterov)
    {
        using var ours = TinyNetwork.Build(4);
        using var theirs = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(ours, TinyNetwork.Options with { Nesterov = nesterov, WeightDecay = 0.01 });
        using var reference = torch.optim.SGD(theirs.parameters(), 0.1, 0.9, weight_decay: 0.01, nesterov: nesterov);
        foreach (double rate in Rates)
        {
            foreach (var group in reference.ParamGroups)
            {
                group.LearningRate = rate;
            }

            optimizer.ZeroGradients();
            reference.zero_grad();
            Backward(ours);
            Backward(theirs);
            optimizer.Step(rate, isBackboneFrozen: false);
            reference.step();
        }

        foreach (var ((name, mine), (_, expected)) in ours.named_parameters().Zip(theirs.named_parameters()))
        {
            (mine - expected).abs().max().item<float>().Should().BeLessThan(2e-6f, name);
        }
    }

    [Fact]
    public void Momentum_of_Caffe_keeps_the_old_rate_in_what_it_stored()
    {
        ByHand(MomentumForm.PyTorch).Should().BeApproximately(1 - (1 * 2) - (0.1 * ((0.5 * 2) + 2)), 1e-6);
        ByHand(MomentumForm.Caffe).Should().BeApproximately(1 - (1 * 2) - ((0.5 * 1 * 2) + (0.1 * 2)), 1e-6);
    }

    [Fact]
    public void Decay_of_the_weights_only_leaves_normalisation_and_biases_alone()
    {
        using var model = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(model, TinyNetwork.Options with { WeightDecay = 0.5, WeightDecayTarget = WeightDecayTarget.WeightsOnly });
        var before = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.clone());

        optimizer.Step(0.1, isBackboneFrozen: false);

        foreach (var (name, parameter) in model.named_parameters())
        {
            double expected = parameter.dim() > 1 ? 0.95 : 1;
            (parameter - (before[name] * expected)).abs().max().item<float>().Should().BeLessThan(1e-6f, name);
        }
    }

    [Fact]
    public void A_gradient_that_is_too_long_is_shortened_to_the_limit_and_a_short_one_is_left()
    {
        StepLength(limit: 0.25).Should().BeApproximately(0.25, 1e-4);
        StepLength(limit: 1e6).Should().BeApproximately(StepLength(limit: null), 1e-6);
    }

    [Fact]
    public void The_backbone_has_a_rate_of_its_own_and_stays_when_it_is_frozen()
    {
        var options = TinyNetwork.Options with { BackboneRateFactor = 0.1, WeightDecay = 0 };
        using var model = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(model, options);
        optimizer.Gradients.fill_(1);
        var before = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.clone());

        optimizer.Step(1, isBackboneFrozen: false);
        Moved(model, before).Should().OnlyContain(pair => Math.Abs(pair.Value - (pair.Key.StartsWith("fc.") ? 1 : 0.1)) < 1e-5);

        optimizer.Gradients.fill_(1);
        var between = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.clone());
        optimizer.Step(1, isBackboneFrozen: true);
        Moved(model, between).Should().OnlyContain(pair => (pair.Value > 0) == pair.Key.StartsWith("fc."));
    }

    [Fact]
    public void The_model_keeps_its_parameters_names_and_values()
    {
        using var model = TinyNetwork.Build(4);
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => (pair.Value.Handle, Values: pair.Value.clone()));

        using (var optimizer = new MomentumSgd(model, TinyNetwork.Options))
        {
            model.state_dict().Keys.Should().Equal(before.Keys);
            foreach (var (name, tensor) in model.state_dict())
            {
                tensor.Handle.Should().Be(before[name].Handle);
                tensor.equal(before[name].Values).all().item<bool>().Should().BeTrue(name);
            }
        }

        model.parameters().Count(parameter => parameter.grad is not null).Should().Be(0);
        model.call(torch.zeros(1, 3, 32, 32)).isfinite().all().item<bool>().Should().BeTrue("the parameters outlive the optimiser");
    }

    private static void Backward(ResNetModel model)
    {
        using var generator = new torch.Generator(3);
        var images = torch.randn([4, 3, 16, 16], generator: generator);
        torch.nn.functional.cross_entropy(model.call(images), torch.tensor(new long[] { 0, 1, 2, 3 })).backward();
    }

    // One weight of 1, a gradient of 2 each time, momentum 0.5, rate 1 and then 0.1.
    private static double ByHand(MomentumForm form)
    {
        using var model = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(model, TinyNetwork.Options with { Momentum = 0.5, WeightDecay = 0, MomentumForm = form });
        optimizer.Weights.fill_(1);
        foreach (double rate in new[] { 1, 0.1 })
        {
            optimizer.Gradients.fill_(2);
            optimizer.Step(rate, isBackboneFrozen: false);
        }

        return model.parameters().First().flatten()[0].item<float>();
    }

    private static double StepLength(double? limit)
    {
        using var model = TinyNetwork.Build(4);
        using var optimizer = new MomentumSgd(model, TinyNetwork.Options with { WeightDecay = 0, GradientClipNorm = limit });
        var before = optimizer.Weights.clone();
        optimizer.ZeroGradients();
        Backward(model);
        optimizer.Step(1, isBackboneFrozen: false);
        return (optimizer.Weights - before).norm().item<float>();
    }

    private static Dictionary<string, double> Moved(ResNetModel model, Dictionary<string, Tensor> before) =>
        model.named_parameters().ToDictionary(pair => pair.name, pair => (double)(before[pair.name] - pair.parameter).abs().max().item<float>());
}
