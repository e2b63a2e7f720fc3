namespace ResNet.Imaging;

/// <summary>How names of image files end: by these, folders are searched. What a file really is, its content says when it is read.</summary>
public static class ImageFileExtensions
{
    private static readonly string[] JpegNames = [".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg"];
    private static readonly string[] AllNames = [.. JpegNames, ".png", ".bmp", ".gif", ".webp"];

    /// <summary>Gets all extensions, each with its dot, in lower case.</summary>
    /// <value>.jpg, .jpeg, .jpe, .jfif, .pjpeg, .png, .bmp, .gif and .webp.</value>
    public static IReadOnlyList<string> All { get; } = AllNames.AsReadOnly();

    /// <summary>Gets those of JPEG files.</summary>
    /// <value>.jpg, .jpeg, .jpe, .jfif and .pjpeg.</value>
    public static IReadOnlyList<string> Jpeg { get; } = JpegNames.AsReadOnly();

    /// <summary>Whether a name ends as those of images do, in upper or lower case.</summary>
    /// <param name="path">A name or a path; nothing is opened.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsImage(string path) => All.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name ends as those of JPEG files do, in upper or lower case.</summary>
    /// <param name="path">A name or a path; nothing is opened.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsJpeg(string path) => Jpeg.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
