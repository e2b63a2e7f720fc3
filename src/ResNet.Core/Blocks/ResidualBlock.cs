using ResNet.Graph;
using ResNet.Runtime;
using ResNet.Shortcuts;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch.nn;

namespace ResNet.Blocks;

/// <summary>
/// A building block of the paper (section 3.2): y = F(x) + shortcut(x). Derived blocks compute F; this class owns what they share:
/// the dispose scope, the shortcut, the addition and, unless the activation comes first, the last ReLU.
/// </summary>
public abstract class ResidualBlock : Module<Tensor, Tensor>
{
    [ComponentName(Name = "downsample")]
    private protected readonly Shortcut? _shortcut;

    private protected ResidualBlock(string name, Shortcut? shortcut)
        : base(TorchRuntime.LoadedFor(name))
    {
        _shortcut = shortcut;
    }

    /// <summary>Runs the block.</summary>
    /// <param name="input">N×C×H×W.</param>
    /// <returns>N×C'×H'×W'; the caller disposes it.</returns>
    public sealed override Tensor forward(Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return Output(input).MoveToOuterDisposeScope();
    }

    /// <summary>Adds the block to a graph.</summary>
    /// <returns>The node of the result.</returns>
    internal abstract int AddTo(GraphBuilder graph, int input);

    /// <summary>The block's result, inside the dispose scope that <see cref="forward"/> opened.</summary>
    private protected abstract Tensor Output(Tensor input);

    /// <summary>Adds the shortcut of <paramref name="input"/> into <paramref name="branch"/>; plain blocks add nothing.</summary>
    private protected Tensor AddShortcut(Tensor branch, Tensor input) => _shortcut?.call(branch, input) ?? branch;

    private protected int AddShortcut(GraphBuilder graph, int branch, int input) =>
        _shortcut is null ? branch : graph.Add(this, branch, _shortcut.AddTo(graph, input));
}
