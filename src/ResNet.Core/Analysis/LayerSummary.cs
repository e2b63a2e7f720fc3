namespace ResNet.Analysis;

/// <summary>One layer of a network.</summary>
/// <param name="Name">As in the state dictionary: <c>layer1.0.conv1</c>.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="OutputShape">What it puts out for one picture.</param>
/// <param name="Parameters">Its trainable parameters.</param>
/// <param name="MultiplyAdds">Its multiply-adds for one picture; 0 for batch normalisation, which is not counted.</param>
/// <param name="ActivationBytes">Memory of what it puts out for one picture.</param>
public sealed record LayerSummary(string Name, LayerKind Kind, MapShape OutputShape, long Parameters, long MultiplyAdds, long ActivationBytes);
