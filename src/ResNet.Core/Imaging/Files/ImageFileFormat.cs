namespace ResNet.Imaging;

/// <summary>The formats that are read.</summary>
internal enum ImageFileFormat
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>BMP.</summary>
    Bmp,
}
