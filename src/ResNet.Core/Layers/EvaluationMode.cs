using Module = TorchSharp.torch.nn.Module;

namespace ResNet.Layers;

/// <summary>Puts a network into evaluation mode, and on disposal every module back into the mode in which it was found.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(Module Module, bool Training)> _found;

    public EvaluationMode(Module model)
    {
        _found = [(model, model.training), .. model.named_modules().Select(child => (child.module, child.module.training))];
        if (_found.Exists(entry => entry.Training))
        {
            model.eval();
        }
    }

    public void Dispose()
    {
        // train() reaches all children too: parents come first here, so every module ends with its own flag.
        foreach (var (module, training) in _found)
        {
            if (module.training != training)
            {
                module.train(training);
            }
        }
    }
}
