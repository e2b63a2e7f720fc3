namespace ResNet.Inference;

/// <summary>One class that a picture may show.</summary>
/// <param name="Index">Index of the class, from 0.</param>
/// <param name="Label">Name of the class; "class 17" where the model has no names.</param>
/// <param name="Probability">The network's softmax, 0 to 1.</param>
public sealed record Prediction(int Index, string Label, float Probability);
