using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace ResNet.Training;

/// <summary>What a packed cache was made of: names, labels, lengths and times of change of files, and the settings, as one number.</summary>
internal static class PackedKey
{
    public static UInt128 Of(IImageDataset dataset, PackedCacheOptions options, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        Append(hash, string.Create(
            CultureInfo.InvariantCulture, $"{options.ShorterSide}|{options.Filter}|{options.LongestSide}|{options.Version}|{IPixelIdentity.Of(dataset)}"));
        Span<byte> numbers = stackalloc byte[20];
        for (int i = 0; i < dataset.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = dataset.NameOf(i);
            var file = new FileInfo(name);
            bool exists = file.Exists;
            BinaryPrimitives.WriteInt32LittleEndian(numbers, dataset.LabelOf(i));
            BinaryPrimitives.WriteInt64LittleEndian(numbers[4..], exists ? file.Length : -1);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[12..], exists ? file.LastWriteTimeUtc.Ticks : 0);
            Append(hash, name);
            hash.Append(numbers);
        }

        return hash.GetCurrentHashAsUInt128();
    }

    private static void Append(XxHash128 hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.Append(length);
        hash.Append(bytes);
    }
}
