using ResNet.Graph;
using ResNet.Shortcuts;

namespace ResNet.Blocks;

/// <summary>The paper's order (section 3.4): batch normalisation right after each convolution, the last ReLU after the addition.</summary>
public abstract class PostActivationBlock : ResidualBlock
{
    private protected PostActivationBlock(string name, Shortcut? shortcut)
        : base(name, shortcut)
    {
    }

    private protected sealed override Tensor Output(Tensor input) => AddShortcut(Branch(input), input).relu_();

    internal sealed override int AddTo(GraphBuilder graph, int input) => graph.Relu(AddShortcut(graph, Branch(graph, input), input));

    /// <summary>F(x): the convolutions up to the last batch normalisation. The result is a tensor of its own, which the addition may change.</summary>
    private protected abstract Tensor Branch(Tensor input);

    private protected abstract int Branch(GraphBuilder graph, int input);
}
