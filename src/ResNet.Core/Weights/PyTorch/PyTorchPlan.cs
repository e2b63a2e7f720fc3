using System.Globalization;
using System.IO.Hashing;

namespace ResNet.Weights;

/// <summary>A <c>.pth</c> file about to be written: everything is checked and the pickle made before the first byte.</summary>
internal sealed class PyTorchPlan
{
    // Python names it after the file; the same tensors must give the same bytes under any name.
    private const string Root = "archive/";

    private readonly List<(TensorToWrite Tensor, long ByteCount)> _storages = [];
    private readonly ReadOnlyMemory<byte> _pickle;
    private readonly IReadOnlyList<(string Name, byte[] Text)> _metadata;

    public PyTorchPlan(IEnumerable<TensorToWrite> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var classes = PickleGlobals.Storages.ToDictionary(storage => storage.Type);
        var keys = new Dictionary<object, int>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<(TensorToWrite Tensor, string StorageClass, int Key)>();
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name {ShapeText.Quote(tensor.Name)} occurs twice; rename the tensor.", nameof(tensors));
            }

            if (names.Count > PyTorchLayout.MostTensors)
            {
                throw new ArgumentException(
                    $"There are more than {PyTorchLayout.MostTensors} tensors, the most that are read back from .pth files; write .safetensors.", nameof(tensors));
            }

            if (!classes.TryGetValue(tensor.Type, out var found))
            {
                throw new ArgumentException(
                    $"{ShapeText.Quote(tensor.Name)} is of type {tensor.Type}, which .pth files have no name for; convert it to one of {string.Join(", ", classes.Keys)}.",
                    nameof(tensors));
            }

            if (keys.TryAdd(tensor.Storage, _storages.Count))
            {
                _storages.Add((tensor, checked(tensor.Count() * found.Size)));
            }

            items.Add((tensor, found.Name, keys[tensor.Storage]));
        }

        ByteCount = _storages.Sum(storage => storage.ByteCount);
        _pickle = StateDictPickle.Write(items);
        _metadata = PyTorchMetadata.Parts(metadata);
    }

    /// <summary>Size of all values in bytes, those that several names share counted once.</summary>
    public long ByteCount { get; }

    public void WriteTo(Stream stream, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var values = new WriteProgress(ByteCount, progress, cancellationToken);
        var zip = new StoredZipWriter(stream);
        AddBytes(zip, "data.pkl", _pickle.Span);
        AddBytes(zip, "byteorder", "little"u8);
        for (int key = 0; key < _storages.Count; key++)
        {
            AddValues(zip, key, values);
        }

        AddBytes(zip, "version", "3\n"u8);
        foreach (var (name, text) in _metadata)
        {
            AddBytes(zip, name, text);
        }

        zip.Finish();
    }

    private static void AddBytes(StoredZipWriter zip, string name, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        zip.Add(Root + name, copy.Length, Crc32.HashToUInt32(copy), stream => stream.Write(copy));
    }

    private void AddValues(StoredZipWriter zip, int key, WriteProgress progress)
    {
        var (tensor, byteCount) = _storages[key];
        tensor.Use(plain =>
        {
            var before = new Crc32();
            TensorMemory.ForEachPiece(plain, before.Append);
            zip.Add(Root + "data/" + key.ToString(CultureInfo.InvariantCulture), byteCount, before.GetCurrentHashAsUInt32(), stream =>
            {
                var written = new Crc32();
                TensorMemory.ForEachPiece(plain, piece =>
                {
                    written.Append(piece);
                    progress.Write(stream, piece);
                });
                if (written.GetCurrentHashAsUInt32() != before.GetCurrentHashAsUInt32())
                {
                    throw new InvalidOperationException(
                        $"The values of {ShapeText.Quote(tensor.Name)} changed while they were written. Save when nothing trains the model.");
                }
            });
        });
    }
}
