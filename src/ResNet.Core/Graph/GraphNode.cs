namespace ResNet.Graph;

/// <summary>One step of a network in evaluation mode. An input is the index, in the graph's list, of the node that produces it.</summary>
/// <param name="Name">Unique; that of the layer in the state dictionary, such as "layer1.0.conv1", or made from one.</param>
internal abstract record GraphNode(string Name)
{
    /// <summary>The nodes whose results this one takes, in the order of its parameters.</summary>
    public abstract IReadOnlyList<int> Inputs { get; }

    /// <summary>The same step on other inputs.</summary>
    /// <param name="renumber">Gives the new index of each input.</param>
    public abstract GraphNode Renumber(Func<int, int> renumber);
}
