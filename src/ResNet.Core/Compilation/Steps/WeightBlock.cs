namespace ResNet.Compilation;

/// <summary>Up to 64 output channels of a convolution and their packed weights.</summary>
/// <param name="Group">The group of input channels that they see.</param>
/// <param name="FirstColumn">The first of the output channels.</param>
/// <param name="Columns">How many there are.</param>
/// <param name="Width">How many with the padding.</param>
/// <param name="BiasOffset">Where their biases begin.</param>
/// <param name="Weights">Address of the packed weights.</param>
internal readonly record struct WeightBlock(int Group, int FirstColumn, int Columns, int Width, int BiasOffset, nint Weights);
