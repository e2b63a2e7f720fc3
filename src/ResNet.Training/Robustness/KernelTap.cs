namespace ResNet.Training;

/// <summary>A pixel that a convolution adds up, as seen from the pixel that it makes.</summary>
internal readonly record struct KernelTap(int X, int Y, float Weight);
