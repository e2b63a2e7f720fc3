namespace ResNet.Compilation;

/// <summary>The pictures, with the padding of the first convolution.</summary>
internal sealed record PictureOperation(int Node, string Name, int Channels, MapFormat Format, int Padding) : FusedOperation(Node, Name, Channels, Format)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [];
}
