namespace ResNet.Training;

/// <summary>How many pictures a class has.</summary>
/// <param name="Label">The class.</param>
/// <param name="Count">The number of its pictures, 0 or more.</param>
public sealed record ClassPictureCount(string Label, int Count);
