using TorchSharp;

namespace ResNet.Benchmarks.Naive;

/// <summary>A training step with one dispose scope. Frozen yardstick, see README.md: never improve.</summary>
public static class NaiveTraining
{
    public static float Step(torch.nn.Module<Tensor, Tensor> model, torch.optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        var loss = torch.nn.functional.cross_entropy(model.call(images), labels);
        loss.backward();
        optimizer.step();
        return loss.ToSingle();
    }
}
