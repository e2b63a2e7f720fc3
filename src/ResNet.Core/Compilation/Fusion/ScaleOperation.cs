namespace ResNet.Compilation;

/// <summary>The normalisation and ReLU at the start of a pre-activation block.</summary>
internal sealed record ScaleOperation(int Node, string Name, int Input, MapFormat Format, bool Relu, ChannelScale Scale)
    : FusedOperation(Node, Name, Scale.Channels, Format)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];
}
