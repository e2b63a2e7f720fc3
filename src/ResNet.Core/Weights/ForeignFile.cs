using System.Text;

namespace ResNet.Weights;

/// <summary>Says what a file that is not read seems to be, and what to do about it.</summary>
internal static class ForeignFile
{
    private const string Convert =
        "Convert it with Python: safetensors.torch.save_file(torch.load(path, weights_only=True), \"weights.safetensors\").";

    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return $"this is a zip archive, as torch.save writes it. {Convert}";
        }

        if (head is [0x80, >= 2 and <= 5, ..])
        {
            return $"this is a pickle, as torch.save wrote it before PyTorch 1.6. {Convert}";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "this is a pointer of Git LFS instead of the file itself; fetch it with 'git lfs pull'.";
        }

        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
        {
            return "this is an HDF5 file, as Keras writes it; its weights must be converted first.";
        }

        if (head.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            return "this is a web page instead of weights, probably an error message saved by a download; look at it in a browser and download again.";
        }

        return $"this is no file of weights that is known; it begins with {Show(head)}. Check that it is whole and the right one.";
    }

    private static string Show(ReadOnlySpan<byte> head)
    {
        var start = head[..Math.Min(8, head.Length)];
        var text = new StringBuilder();
        foreach (byte value in start)
        {
            text.Append(value is >= 32 and < 127 ? (char)value : '.');
        }

        return $"{System.Convert.ToHexString(start)} (\"{text}\")";
    }
}
