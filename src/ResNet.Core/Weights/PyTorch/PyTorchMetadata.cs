using System.Text;

namespace ResNet.Weights;

/// <summary>
/// The texts that a <c>.pth</c> file carries beside its state dictionary: a part of the archive for each, which Python's
/// <c>torch.load</c> does not look at. A key in the dictionary would be an unexpected one to <c>load_state_dict</c>.
/// </summary>
internal static class PyTorchMetadata
{
    private const int LongestKey = 512;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parts, by their names below the archive's root, in one order always.</summary>
    /// <exception cref="ArgumentException">A key cannot be the name of a part, or something is not valid Unicode.</exception>
    public static IReadOnlyList<(string Name, byte[] Text)> Parts(IReadOnlyDictionary<string, string>? metadata) =>
        [.. (metadata ?? new Dictionary<string, string>())
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (PyTorchLayout.MetadataFolder + EnsureName(pair.Key), Bytes(pair.Key, pair.Value)))];

    /// <summary>Whoever unpacks the archive must not find files anywhere else.</summary>
    private static string EnsureName(string key)
    {
        bool isName = Bytes(key, key).Length <= LongestKey
            && !key.Contains('\\', StringComparison.Ordinal)
            && !key.Any(char.IsControl)
            && key.Split('/').All(part => part is not ("" or "." or ".."));
        return isName ? key : throw new ArgumentException(
            $"The metadata key {ShapeText.Quote(key)} cannot be the name of a part of a .pth file, at most {LongestKey} bytes without '..' or '\\'; rename it.", nameof(key));
    }

    private static byte[] Bytes(string key, string text)
    {
        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException fault)
        {
            throw new ArgumentException($"Metadata {ShapeText.Quote(key)} has half a surrogate pair in it; change it.", nameof(text), fault);
        }
    }
}
