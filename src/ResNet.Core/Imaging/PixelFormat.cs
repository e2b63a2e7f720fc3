namespace ResNet.Imaging;

/// <summary>
/// How raw pixels lie in memory. Names give the channels in the order of their addresses and the bits of a whole pixel; 16-bit channels are
/// in the machine's byte order, which is little-endian wherever torch runs.
/// </summary>
/// <remarks>
/// As <see cref="ImageDecoder"/> does it: alpha is dropped, not blended with a background (nor is a premultiplication undone), grey is
/// replicated, and 16-bit channels keep their upper byte.
/// </remarks>
public enum PixelFormat
{
    /// <summary>Red, green, blue: Pillow's RGB, ImageSharp's Rgb24.</summary>
    Rgb24,

    /// <summary>Blue, green, red: OpenCV's 8UC3, System.Drawing's Format24bppRgb.</summary>
    Bgr24,

    /// <summary>Red, green, blue, alpha: a browser's canvas, Skia's Rgba8888.</summary>
    Rgba32,

    /// <summary>Blue, green, red, alpha or an unused byte: System.Drawing's Format32bppArgb and Format32bppRgb, WPF's Bgra32 and Bgr32.</summary>
    Bgra32,

    /// <summary>Alpha or an unused byte, red, green, blue: Core Graphics' and Unity's ARGB32.</summary>
    Argb32,

    /// <summary>One byte of grey.</summary>
    Gray8,

    /// <summary>16 bits of grey.</summary>
    Gray16,

    /// <summary>Red, green, blue, 16 bits each.</summary>
    Rgb48,

    /// <summary>Blue, green, red, 16 bits each: OpenCV's 16UC3.</summary>
    Bgr48,

    /// <summary>Red, green, blue, alpha, 16 bits each.</summary>
    Rgba64,
}
