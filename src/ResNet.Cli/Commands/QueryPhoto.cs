using ResNet.Imaging;

namespace ResNet.Cli;

/// <summary>A photo whose like is looked for.</summary>
internal sealed record QueryPhoto(string Path, RgbImage Image);
