using ResNet.Graph;

namespace ResNet.Shortcuts;

/// <summary>The input as it is (equation 1): branch and input have the same shape.</summary>
public sealed class IdentityShortcut : Shortcut
{
    /// <summary>Creates the shortcut; it has no parameters.</summary>
    public IdentityShortcut()
        : base(nameof(IdentityShortcut))
    {
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor branch, Tensor input) => branch.add_(input);

    internal override int AddTo(GraphBuilder graph, int input) => input;
}
