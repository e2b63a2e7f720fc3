namespace ResNet.Training;

/// <summary>A picture that resembles another one in what a network sees in it.</summary>
/// <param name="Index">Its row in the <see cref="FeatureTable"/>.</param>
/// <param name="Similarity">The cosine between both pictures' features, -1 to 1: for features after a ReLU 0 to 1. NaN where features are.</param>
public readonly record struct Neighbour(int Index, float Similarity);
