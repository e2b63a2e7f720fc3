using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A picture on a <see cref="PictureSheet"/>.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Caption">The lines below it; characters beyond ASCII show as boxes, and what is too long is cut off.</param>
public sealed record SheetPicture(RgbImage Image, IReadOnlyList<string> Caption);
