namespace ResNet.Graph;

/// <summary>The sum of a block's branch and its shortcut, of the same shape (equations 1 and 2).</summary>
internal sealed record AddNode(string Name, int Branch, int Shortcut) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Branch, Shortcut];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Branch = renumber(Branch), Shortcut = renumber(Shortcut) };
}
