namespace ResNet.Imaging;

/// <summary>What an <see cref="ImageHash"/> is a hash of.</summary>
public enum ImageHashKind
{
    /// <summary>The bytes of an image's file: it is known again under any name and in any folder, but not after it was encoded anew.</summary>
    File,

    /// <summary>The decoded pixels: it is known again in any lossless format.</summary>
    Pixels,
}
