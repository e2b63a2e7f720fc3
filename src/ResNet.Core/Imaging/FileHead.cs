using System.Text;

namespace ResNet.Imaging;

/// <summary>Says in words what a file's first bytes are, for those that are no picture that we read.</summary>
internal static class FileHead
{
    public static string Describe(Stream file)
    {
        Span<byte> buffer = stackalloc byte[64];
        file.Position = 0;
        ReadOnlySpan<byte> head = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        if (head.IsEmpty)
        {
            return "nothing: it is empty";
        }

        string? format = FormatOf(head);
        if (format is not null)
        {
            return $"the start of a {format} whose header is damaged or cut off";
        }

        return Foreign(head) ?? Text(head) ?? $"unknown bytes (first {Convert.ToHexString(head[..Math.Min(8, head.Length)])})";
    }

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>The format, of those that are read, that a file's first bytes say; null for any other.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> head) =>
        head.StartsWith(stackalloc byte[] { 0xFF, 0xD8, 0xFF }) ? "JPEG"
        : head.StartsWith(Png) ? "PNG"
        : GifTransparency.IsGif(head) ? "GIF"
        : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? "WebP"
        : head.StartsWith("BM"u8) && head.Length > 5 && head[6..].IndexOfAnyExcept((byte)0) is not 0 ? "BMP"
        : null;

    private static string? Foreign(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF"u8) ? "a PDF document"
        : head.StartsWith("PK\x03\x04"u8) ? "a ZIP archive"
        : head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) ? "a TIFF picture"
        : head.StartsWith("\0\0\x01\0"u8) ? "a Windows icon"
        : head.StartsWith("8BPS"u8) ? "a Photoshop document"
        : head.Length >= 12 && head[4..].StartsWith("ftypavif"u8) ? "an AVIF picture"
        : head.Length >= 12 && (head[4..].StartsWith("ftyphei"u8) || head[4..].StartsWith("ftypmif1"u8)) ? "a HEIC picture"
        : head.Length >= 8 && head[4..].StartsWith("ftyp"u8) ? "a video"
        : null;

    private static string? Text(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head;
        if (text.ContainsAnyInRange((byte)0, (byte)8) || text.ContainsAnyInRange((byte)14, (byte)31))
        {
            return null;
        }

        text = text.TrimStart(" \t\r\n"u8);
        string start = new string(Encoding.UTF8.GetString(text[..Math.Min(24, text.Length)]).Select(c => char.IsControl(c) ? ' ' : c).ToArray());
        string kind = text.StartsWith("<?xml"u8) || text.StartsWith("<svg"u8) ? "XML or SVG" : text.StartsWith("<"u8) ? "HTML" : "text";
        return $"{kind} that begins with \"{start}\"";
    }
}
