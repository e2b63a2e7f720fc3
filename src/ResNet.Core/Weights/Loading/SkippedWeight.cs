namespace ResNet.Weights;

/// <summary>A tensor that was not loaded.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedWeight(string Name, string Reason);
