using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>One number for everything that a checkpoint says: texts, and of each tensor name, type, shape and values.</summary>
internal static class CheckpointDigest
{
    public static string Of(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<TensorToWrite> tensors)
    {
        var hash = new XxHash128();
        var ordered = texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        Append(hash, ordered.Count);
        foreach (var (key, text) in ordered)
        {
            Append(hash, key);
            Append(hash, text);
        }

        foreach (var tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Append(hash, tensor.Name);
            Append(hash, (long)tensor.Type);
            Append(hash, tensor.Shape.Count);
            foreach (long length in tensor.Shape)
            {
                Append(hash, length);
            }

            tensor.Use(plain => TensorMemory.ForEachPiece(plain, hash.Append));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>With its length before it, so that no two rows of texts run together into the same bytes.</summary>
    public static void Append(XxHash128 hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.Append(bytes);
    }

    public static void Append(XxHash128 hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.Append(bytes);
    }
}
