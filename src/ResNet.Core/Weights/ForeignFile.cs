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

        if (head.StartsWith("sys_info\0"u8) || head.StartsWith("storages\0"u8) || (IsTar(head) && (head.StartsWith("pickle\0"u8) || head.StartsWith("tensors\0"u8))))
        {
            return "this is a tar archive of PyTorch before 0.2; load it with a PyTorch of today and save it again.";
        }

        if (IsTar(head))
        {
            return $"this is a tar archive, and its first entry is {ShapeText.Quote(FirstOfTar(head))}; unpack it with tar -xf and take the file of weights in it.";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "this is a pointer of Git LFS instead of the file itself; fetch it with 'git lfs pull'.";
        }

        if (Compressed(head) is { } program)
        {
            return $"this is compressed by {program}; unpack it first, with {program} -d or tar.";
        }

        if (Framework(head) is { } framework)
        {
            return $"this is {framework}; its weights must be converted to safetensors or PyTorch's format first.";
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

    private static string? Compressed(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, ..] => "gzip",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => "bzip2",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        _ => null,
    };

    private static string? Framework(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file, as Keras writes it",
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "an array of numpy (.npy)",
        [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..] => "a model of TensorFlow Lite",

        // A SavedModel says version 1 of its schema and goes on with a graph of more than 127 bytes.
        [0x08, 0x01, 0x12, >= 0x80, ..] => "a SavedModel of TensorFlow",
        [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => "a GGUF file, as llama.cpp reads it",
        [0x12, 0x01, 0, 0, 0, 0, 0, 0, ..] => "a file of MXNet's parameters",
        [>= 0x81 and <= 0x8f, 0xa6, (byte)'p', (byte)'a', (byte)'r', (byte)'a', (byte)'m', (byte)'s', ..] => "a checkpoint of Flax (msgpack)",
        _ => null,
    };

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length > 262 && head[257..].StartsWith("ustar"u8);

    private static string FirstOfTar(ReadOnlySpan<byte> head)
    {
        var name = head[..100];
        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
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
