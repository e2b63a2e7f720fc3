using ResNet.Graph;
using ResNet.Runtime;
using static TorchSharp.torch.nn;

namespace ResNet.Shortcuts;

/// <summary>
/// A shortcut connection (section 3.2): adds its view of the block's input into the block's branch, in place, so that no
/// tensor is built only to be added. <see cref="ShortcutFactory"/> makes the right one.
/// </summary>
public abstract class Shortcut : Module<Tensor, Tensor, Tensor>
{
    private protected Shortcut(string name)
        : base(TorchRuntime.LoadedFor(name))
    {
    }

    /// <summary>Adds the shortcut into the branch.</summary>
    /// <param name="branch">N×C'×H'×W', which is changed.</param>
    /// <param name="input">N×C×H×W, the block's input, which is left alone.</param>
    /// <returns><paramref name="branch"/>.</returns>
    public abstract override Tensor forward(Tensor branch, Tensor input);

    /// <summary>Adds the shortcut's view of the block's input to a graph; the sum itself is the block's.</summary>
    /// <returns>The node of the view.</returns>
    internal abstract int AddTo(GraphBuilder graph, int input);
}
