namespace ResNet.Analysis;

/// <summary>How strongly one 3×3 layer responds to pictures (section 4.2, "Analysis of Layer Responses").</summary>
/// <param name="Name">The convolution, as in the state dictionary: <c>layer1.0.conv1</c>.</param>
/// <param name="StandardDeviation">Standard deviation over all channels, positions and pictures, 0 or more; NaN for a network that diverged.</param>
/// <param name="Mean">The mean over the same values.</param>
/// <param name="ValueCount">How many values there were.</param>
/// <param name="IsNormalized">
/// Whether it was measured after the layer's batch normalisation, as in the paper. False for pre-activation networks, in which none follows:
/// there it is the convolution's own output.
/// </param>
public sealed record LayerResponse(string Name, double StandardDeviation, double Mean, long ValueCount, bool IsNormalized);
