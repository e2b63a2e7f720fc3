using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ResNet.Imaging;

/// <summary>A short name for the content of an image: the first 64 bits of a SHA-256.</summary>
/// <param name="Kind">What was hashed.</param>
/// <param name="Value">The first 8 bytes of the SHA-256, the first one highest.</param>
public readonly record struct ImageHash(ImageHashKind Kind, ulong Value)
{
    /// <summary>Hashes the bytes of a file, whatever they are.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The first 16 digits of what <c>sha256sum</c> says.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImageHash OfFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        return Of(ImageHashKind.File, SHA256.HashData(stream));
    }

    /// <summary>Hashes the size and the pixels of an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The hash of width and height, as 4 bytes each, the lowest first, and then the pixels.</returns>
    public static ImageHash OfPixels(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[sizeof(int)..], image.Height);
        hash.AppendData(size);
        hash.AppendData(image.Pixels);
        return Of(ImageHashKind.Pixels, hash.GetHashAndReset());
    }

    /// <summary>The value as 16 hexadecimal digits.</summary>
    /// <returns>Such as "0a1b2c3d4e5f6071".</returns>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    private static ImageHash Of(ImageHashKind kind, byte[] sha256) => new(kind, BinaryPrimitives.ReadUInt64BigEndian(sha256));
}
