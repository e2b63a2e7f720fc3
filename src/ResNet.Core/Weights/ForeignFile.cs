using System.Text;

namespace ResNet.Weights;

/// <summary>Says what a file that is not read seems to be, and what to do about it.</summary>
internal static class ForeignFile
{
    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head is [0x80, <= 5, ..])
        {
            return "this is a pickle, but not one of PyTorch's torch.save; save the weights with torch.save(model.state_dict(), path).";
        }

        if (head.StartsWith("sys_info\0"u8) || head.StartsWith("storages\0"u8))
        {
            return "this is a tar archive of PyTorch before 0.2; load it with a PyTorch of today and save it again.";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "this is a pointer of Git LFS instead of the file itself; fetch it with 'git lfs pull'.";
        }

        if (head is [0x1f, 0x8b, ..])
        {
            return "this is compressed by gzip; unpack it first, with gunzip or tar.";
        }

        if (head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
        {
            return "this is an HDF5 file, as Keras writes it; its weights must be converted first.";
        }

        if (IsOnnx(head))
        {
            return "this is an ONNX model; this library writes .onnx but does not read it. Take the weights that it was made of (.safetensors or .pth), "
                + "or run the model in ONNX Runtime.";
        }

        if (head.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            return "this is a web page instead of weights, probably an error message saved by a download; look at it in a browser and download again.";
        }

        return $"this is no file of weights that is known; it begins with {Show(head)}. Check that it is whole and the right one.";
    }

    /// <summary>The version of the format comes first, as a small number, then the producer's name, or, in models without one, other fields of the whole.</summary>
    private static bool IsOnnx(ReadOnlySpan<byte> head) => head is [0x08, > 0 and < 32, 0x12 or 0x1a or 0x22 or 0x28 or 0x32 or 0x3a or 0x42, _, ..];

    private static string Show(ReadOnlySpan<byte> head)
    {
        var start = head[..Math.Min(8, head.Length)];
        var text = new StringBuilder();
        foreach (byte value in start)
        {
            text.Append(value is >= 32 and < 127 ? (char)value : '.');
        }

        return $"{Convert.ToHexString(start)} (\"{text}\")";
    }
}
