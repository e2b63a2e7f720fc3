using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ResNet.Onnx;

/// <summary>Names that weights have beside a model while both are replaced: the model's, sixteen digits, and <c>.data</c>.</summary>
/// <param name="model">Full path of the model.</param>
internal sealed partial class PairedName(string model)
{
    /// <summary>In bytes of UTF-8; with what follows, below the 255 of file systems.</summary>
    private const int MaxLength = 220;

    private readonly string _folder = Path.GetDirectoryName(model)!;
    private readonly string _name = Shortened(Path.GetFileName(model));

    /// <summary>A path that nothing stands at.</summary>
    public string Fresh() => Path.Combine(_folder, $"{_name}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.data");

    /// <summary>Removes what this and earlier exports, ended in the middle, left.</summary>
    public void RemoveAll()
    {
        foreach (string path in Directory.GetFiles(_folder).Where(IsOne))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Someone reads it; the next export removes it.
            }
        }
    }

    private static string Shortened(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaxLength)
        {
            name = name[..^1];
        }

        return name;
    }

    private bool IsOne(string path) => Path.GetFileName(path) is var name && name.StartsWith(_name, StringComparison.Ordinal) && Ending().IsMatch(name.AsSpan(_name.Length));

    [GeneratedRegex(@"^\.[0-9a-f]{16}\.data$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();
}
