namespace ResNet.Training;

/// <summary>Pictures of one class that the network took for another.</summary>
/// <param name="Actual">The class of the pictures.</param>
/// <param name="Predicted">The class that the network named.</param>
/// <param name="Count">How many.</param>
public readonly record struct ConfusedPair(int Actual, int Predicted, int Count);
