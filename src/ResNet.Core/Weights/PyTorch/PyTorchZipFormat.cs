using System.Text;

namespace ResNet.Weights;

/// <summary>
/// Reads what torch.save writes since PyTorch 1.6: a zip archive of stored entries, <c>NAME/data.pkl</c> with the objects and
/// <c>NAME/data/KEY</c> with the values of each storage.
/// </summary>
internal sealed class PyTorchZipFormat : IStateDictFormat
{
    private const string PickleName = "data.pkl";
    private const int LongestOrder = 16;
    private const int LongestPickle = 64 << 20;
    private const int MostMetadataBytes = 8 << 20;

    public string Description => "PyTorch (.pth, .pt)";

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    public StateDictContents Read(ByteSource source, StateDictReadOptions options)
    {
        using var view = source.Acquire();
        var entries = ZipDirectory.Read(source, view);
        string root = FindRoot(source.Name, entries);
        EnsureStored(source.Name, entries.Values);
        CheckByteOrder(source.Name, view, entries.GetValueOrDefault(root + "byteorder"));
        var pickle = entries[root + PickleName];
        if (pickle.Length > LongestPickle)
        {
            throw new WeightsFormatException(
                source.Name, $"{pickle.Name} has {pickle.Length} bytes; at most {LongestPickle} are read, far more than names and shapes take.", pickle.Offset);
        }

        var calls = new PickleCalls(options.AllowUnknownGlobals);
        var machine = new PickleMachine(source.Name, view.Span(pickle.Offset, (int)pickle.Length), pickle.Offset, calls);
        object? value = machine.Run();
        if (machine.Length != pickle.Length)
        {
            throw new WeightsFormatException(
                source.Name, $"{pickle.Length - machine.Length} bytes follow the pickle in {pickle.Name}; the file is damaged or hostile.", pickle.Offset + machine.Length);
        }

        var state = StateDictionaryFinder.Find(source.Name, value, options.Root);
        var tensors = state.Tensors.Select(pair => Store(source, entries, root, pair.Key, pair.Value)).ToList();
        return new StateDictContents("PyTorch zip", tensors, ReadMetadata(source.Name, view, entries, root))
        {
            Root = state.Root,
            Placeholders = calls.Placeholders,
        };
    }

    private static string FindRoot(string file, IReadOnlyDictionary<string, ZipEntry> entries)
    {
        string[] roots = [.. entries.Keys
            .Where(name => name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.IndexOf('/', StringComparison.Ordinal) == name.Length - PickleName.Length - 1)
            .Select(name => name[..^PickleName.Length])];
        if (roots.Length != 1)
        {
            throw new WeightsFormatException(
                file,
                ForeignArchive.Describe(entries.Keys)
                    ?? $"this is a zip archive with {(roots.Length == 0 ? "no" : roots.Length)} entries NAME/{PickleName}, where torch.save writes one; check that it is the right file.",
                0);
        }

        if (entries.ContainsKey(roots[0] + "constants.pkl"))
        {
            throw new WeightsFormatException(
                file, "this is a TorchScript archive (torch.jit.save), which holds a program; save the weights alone: torch.save(model.state_dict(), path).", 0);
        }

        return roots[0];
    }

    private static void EnsureStored(string file, IEnumerable<ZipEntry> entries)
    {
        if (entries.FirstOrDefault(entry => entry.Method != 0) is { } packed)
        {
            throw new WeightsFormatException(
                file,
                $"entry {ShapeText.Quote(packed.Name)} is compressed (method {packed.Method}), which torch.save never does; unpack the archive and zip it without compression (zip -0).",
                packed.HeaderOffset);
        }
    }

    private static void CheckByteOrder(string file, ByteView view, ZipEntry? entry)
    {
        // Absent in files of PyTorch before 2.1, which wrote the machine's own order; all machines in use then were little-endian.
        var order = entry is null ? "little"u8 : view.Span(entry.Offset, (int)Math.Min(entry.Length, LongestOrder));
        if (!order.SequenceEqual("little"u8))
        {
            throw new WeightsFormatException(
                file,
                order.SequenceEqual("big"u8)
                    ? "the values are not little-endian: the file was written on a big-endian machine, which is not read. Convert it there to safetensors."
                    : $"entry {ShapeText.Quote(entry!.Name)} should be 'little' or 'big'; the file is damaged or hostile.",
                entry!.Offset);
        }
    }

    private static StoredTensor Store(ByteSource source, IReadOnlyDictionary<string, ZipEntry> entries, string root, string name, PickleTensor tensor)
    {
        var storage = tensor.Storage;
        if (!entries.TryGetValue($"{root}data/{storage.Key}", out var entry))
        {
            throw new WeightsFormatException(
                source.Name, $"tensor {ShapeText.Quote(name)} is said to lie in entry {ShapeText.Quote($"{root}data/{storage.Key}")}, which the archive does not have.");
        }

        if (entry.Length != storage.TotalCount * storage.ElementSize)
        {
            throw new WeightsFormatException(
                source.Name,
                $"storage {ShapeText.Quote(storage.Key)} of tensor {ShapeText.Quote(name)} is said to have {storage.TotalCount} values of {storage.ElementSize} bytes, "
                + $"but its entry has {entry.Length} bytes; the file is damaged or hostile.",
                entry.Offset);
        }

        return StoredTensor.Of(name, tensor, source, entry.Offset);
    }

    /// <summary>Texts that this library's writer puts into records of their own, which PyTorch does not look at.</summary>
    private static Dictionary<string, string> ReadMetadata(string file, ByteView view, IReadOnlyDictionary<string, ZipEntry> entries, string root)
    {
        string prefix = root + PyTorchLayout.MetadataFolder;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (var entry in entries.Values.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            bytes += entry.Length;
            if (bytes > MostMetadataBytes)
            {
                throw new WeightsFormatException(file, $"the texts beside the weights have more than {MostMetadataBytes} bytes, the most that are read.", entry.Offset);
            }

            metadata[entry.Name[prefix.Length..]] = Encoding.UTF8.GetString(view.Span(entry.Offset, (int)entry.Length));
        }

        return metadata;
    }
}
