namespace ResNet.Training;

/// <summary>One binary file of the original data sets.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Count">How many pictures it holds.</param>
internal sealed record CifarFile(string Name, int Count);
