namespace ResNet.Compilation;

/// <summary>What the engine does in one go, for pictures of any size.</summary>
/// <param name="Node">The graph's node whose result this is.</param>
/// <param name="Name">The node's name.</param>
/// <param name="Channels">Channels of the result.</param>
/// <param name="Format">How the result is stored.</param>
internal abstract record FusedOperation(int Node, string Name, int Channels, MapFormat Format)
{
    /// <summary>The operations whose results this one reads.</summary>
    public abstract IReadOnlyList<int> Inputs { get; }
}
