using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>A picture that is ready for the network, or the reason why there is none.</summary>
internal sealed record PreparedPicture(string Path, IReadOnlyList<RgbImage>? Views, Exception? Error);
