using ResNet.Imaging;

namespace ResNet.Training;

internal static class PictureFormat
{
    private const int HeadLength = 64;

    /// <summary>The format that a file's first bytes say, whatever its extension does; null where the name is none of a file.</summary>
    public static string? OfFile(string path)
    {
        if (FileNode.KindOf(path) != FileKind.Regular)
        {
            return null;
        }

        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> head = stackalloc byte[HeadLength];
            return FileHead.FormatOf(head[..RandomAccess.Read(file, head, 0)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
