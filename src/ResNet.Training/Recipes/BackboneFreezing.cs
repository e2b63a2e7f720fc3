using TorchSharp.Modules;

namespace ResNet.Training;

/// <summary>
/// Holds everything but the classifier as it is, for the first part of a fine-tuning: no gradients, and batch normalisation
/// with its stored statistics, which a fresh classifier's pictures would otherwise shift without anything learning from it.
/// </summary>
internal sealed class BackboneFreezing(ResNetModel model)
{
    private const string Classifier = "fc";
    private readonly List<Parameter> _frozen = [];

    public bool IsFrozen { get; private set; }

    /// <summary>Freezes the backbone. Parameters that take no gradient already are left to whoever decided that.</summary>
    public void Freeze()
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.requires_grad && !name.StartsWith(Classifier + ".", StringComparison.Ordinal))
            {
                parameter.requires_grad = false;
                _frozen.Add(parameter);
            }
        }

        IsFrozen = true;
        EnterTrainingMode();
    }

    /// <summary>Lets the backbone learn again; does nothing where it is not frozen.</summary>
    public void Unfreeze()
    {
        _frozen.ForEach(parameter => parameter.requires_grad = true);
        _frozen.Clear();
        IsFrozen = false;
        EnterTrainingMode();
    }

    /// <summary>What stands for <c>model.train()</c>, which would put a frozen backbone into training mode as well.</summary>
    public void EnterTrainingMode()
    {
        model.train();
        foreach (var (name, child) in model.named_children())
        {
            child.train(name == Classifier || !IsFrozen);
        }
    }
}
