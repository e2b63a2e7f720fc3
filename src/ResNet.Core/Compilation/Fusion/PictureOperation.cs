namespace ResNet.Compilation.Fusion;

/// <summary>The pictures, with the padding of the first convolution.</summary>
internal sealed record PictureOperation(int Node, string Name, int Channels, int Padding) : FusedOperation(Node, Name, Channels)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [];
}
