namespace ResNet.Weights;

/// <summary>One entry of a zip archive.</summary>
/// <param name="Name">Its path in the archive, parts separated by '/'.</param>
/// <param name="HeaderOffset">First byte of its local header in the file.</param>
/// <param name="Length">Size of its content in the file, in bytes.</param>
/// <param name="Method">How it is compressed; 0 where it is not.</param>
internal sealed record ZipEntry(string Name, long HeaderOffset, long Length, int Method)
{
    /// <summary>First byte of its content in the file; with <see cref="Length"/> it is known to lie inside.</summary>
    public long Offset { get; set; }
}
