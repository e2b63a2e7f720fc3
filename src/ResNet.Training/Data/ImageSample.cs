using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A picture and its class.</summary>
/// <param name="Image">The picture; others may hold it too, so its pixels are not written to.</param>
/// <param name="Label">The class: an index into the data set's labels.</param>
public sealed record ImageSample(RgbImage Image, int Label);
