using TorchSharp;

namespace ResNet.Weights;

/// <summary>
/// A file of named tensors. Opening reads and checks its index only; values are mapped into memory and copied, once, when they are
/// asked for. Nothing in a file is ever executed. Reading from several threads at once is safe.
/// </summary>
/// <remarks>
/// <para>
/// Formats are recognised by content: <c>.safetensors</c>, and what PyTorch's <c>torch.save</c> writes (<c>.pth</c>, <c>.pt</c>), as a zip
/// archive since 1.6 and as a row of pickles before. Of a checkpoint, the dictionary of weights is shown; see <see cref="Root"/>.
/// The index (<c>.safetensors.index.json</c>) of a model that is spread over several files opens them all, from its own folder.
/// </para>
/// <para>The file must not be shortened while it is open: the system ends a process that touches mapped bytes which are gone.
/// Files written by this library are replaced by renaming, which is safe.</para>
/// </remarks>
public sealed class StateDictFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, StoredTensor> _tensors;

    private StateDictFile(ByteSource source, StateDictContents contents)
    {
        Root = contents.Root;
        Placeholders = contents.Placeholders;
        _source = source;
        _tensors = contents.Tensors.ToDictionary(tensor => tensor.Entry.Name, StringComparer.Ordinal);
        Format = contents.Format;
        Metadata = contents.Metadata;
        Entries = contents.Tensors.Select(tensor => tensor.Entry).ToList().AsReadOnly();
    }

    /// <summary>The path, or the name that the caller gave to the stream.</summary>
    public string Name => _source.Name;

    /// <summary>The format that was recognised: "safetensors", "PyTorch zip", "PyTorch legacy", or "sharded" of an index.</summary>
    public string Format { get; }

    /// <summary>All tensors, in the order of the file's index.</summary>
    public IReadOnlyList<StateDictEntry> Entries { get; }

    /// <summary>Texts that the file carries beside its tensors; empty if none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// The keys, separated by dots, that led to the weights inside of a checkpoint, such as "state_dict"; null where they are all of it.
    /// </summary>
    public string? Root { get; }

    /// <summary>
    /// Names of the Python objects in the file that weights are not made of and that were replaced by inert placeholders; empty unless
    /// <see cref="StateDictReadOptions.AllowUnknownGlobals"/> was passed.
    /// </summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>Full paths of the files that hold the tensors and their index, links resolved; empty for a stream. They must not be written over while open.</summary>
    public IReadOnlyList<string> Paths => [.. Sources.Select(source => source.FullPath).OfType<string>()];

    /// <summary>Bytes of all files together.</summary>
    internal long Length => Sources.Sum(source => source.Length);

    private IEnumerable<ByteSource> Sources => _tensors.Values.Select(tensor => tensor.Source).Append(_source).Distinct();

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, of any name, or a folder as the Hugging Face Hub lays models out, for the file in it.</param>
    /// <param name="options">Default: <see cref="StateDictReadOptions.Default"/>.</param>
    /// <returns>The open file; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateDictFile Open(string path, StateDictReadOptions? options = null) =>
        Open(ByteSource.OfFile(HuggingFaceFolder.WeightsOf(path)), options);

    /// <summary>Reads a stream, from where it stands to its end, into memory outside the managed heap; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it; default: "the stream".</param>
    /// <param name="options">Default: <see cref="StateDictReadOptions.Default"/>.</param>
    /// <returns>The open file; the caller disposes it.</returns>
    /// <exception cref="WeightsFormatException">The content is damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static StateDictFile Open(Stream stream, string name = "the stream", StateDictReadOptions? options = null) =>
        Open(ByteSource.OfStream(stream, name), options);

    /// <summary>Finds a tensor by name.</summary>
    /// <param name="name">The exact key.</param>
    /// <returns>The entry, or null.</returns>
    public StateDictEntry? Find(string name) => _tensors.GetValueOrDefault(name)?.Entry;

    /// <summary>Copies values into a tensor that is there already, converting type and device where they differ.</summary>
    /// <param name="name">The exact key.</param>
    /// <param name="destination">A tensor of the same shape; gradients are not recorded.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="WeightsFormatException">The values are not of their type (a boolean other than 0 and 1).</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void CopyTo(string name, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var stored = Stored(name);
        if (!destination.shape.AsSpan().SequenceEqual(stored.Entry.Shape.ToArray()))
        {
            throw new ArgumentException(
                $"{ShapeText.Quote(name)} is {ShapeText.Of(stored.Entry.Shape)} in {Name}, but the destination is {ShapeText.Of(destination.shape)}.",
                nameof(destination));
        }

        // Booleans are checked in a tensor of their own before any reaches the caller's.
        bool direct = destination.dtype == stored.Entry.Type && stored.Entry.Type != torch.ScalarType.Bool && TensorMemory.IsPlain(destination);
        if (direct)
        {
            CopyBytes(stored, destination);
            return;
        }

        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        destination.copy_(Read(name));
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">The exact key.</param>
    /// <returns>A new tensor on the CPU, of the file's type and shape; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="WeightsFormatException">The values are not of their type (a boolean other than 0 and 1).</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor Read(string name)
    {
        var stored = Stored(name);
        var tensor = torch.empty(stored.Entry.Shape.ToArray(), dtype: stored.Entry.Type, device: torch.CPU);
        try
        {
            CopyBytes(stored, tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file. Tensors that were read stay valid.</summary>
    public void Dispose()
    {
        foreach (var source in Sources)
        {
            source.Dispose();
        }
    }

    /// <summary>Equal for tensors that are the same values in the same bytes of the file.</summary>
    internal object PlaceOf(string name) =>
        Stored(name) is { Strides: null } stored ? (stored.Source, stored.Offset, stored.Entry.ByteCount, stored.Entry.Type) : Stored(name);

    /// <summary>
    /// Makes a tensor show values where they lie in the file instead of a copy. It stays valid after the file is closed, and writing into it changes memory of its own.
    /// </summary>
    /// <returns>False where that is not possible, or not worth it; the tensor is as it was.</returns>
    internal bool TryLend(string name, Tensor destination)
    {
        // A view costs more than a copy of a few numbers.
        const int LeastBytes = 1 << 16;
        var stored = Stored(name);
        if (stored.Entry.Type != torch.ScalarType.Float32 || destination.dtype != torch.ScalarType.Float32 || stored.Entry.ByteCount < LeastBytes || stored.Strides is not null
            || stored.Offset % sizeof(float) != 0 || !TensorMemory.IsPlain(destination) || stored.Source.Floats() is not { } floats)
        {
            return false;
        }

        using var noGrad = torch.no_grad();
        using var values = floats.narrow(0, stored.Offset / sizeof(float), stored.Entry.ByteCount / sizeof(float));
        using var shaped = values.view(stored.Entry.Shape.ToArray());
        _ = destination.set_(shaped);
        return true;
    }

    private static StateDictFile Open(ByteSource source, StateDictReadOptions? options)
    {
        try
        {
            return new StateDictFile(source, StateDictFormats.Read(source, options ?? StateDictReadOptions.Default));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private StoredTensor Stored(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _tensors.GetValueOrDefault(name)
            ?? throw new KeyNotFoundException($"{Name} has no tensor {ShapeText.Quote(name)}; Entries lists the {_tensors.Count} that it has.");
    }

    private static unsafe void CopyBytes(StoredTensor stored, Tensor destination)
    {
        long count = stored.Entry.ByteCount;
        if (count == 0)
        {
            return;
        }

        using var view = stored.Source.Acquire();
        byte* address = TensorMemory.Address(destination);
        if (stored.Strides is null)
        {
            view.CopyTo(stored.Offset, address, count);
        }
        else
        {
            view.Gather(stored, address);
        }

        if (stored.Entry.Type == torch.ScalarType.Bool)
        {
            CheckBooleans(stored, address);
        }
    }

    /// <summary>Native code may do anything with a boolean that is neither 0 nor 1.</summary>
    private static unsafe void CheckBooleans(StoredTensor stored, byte* values)
    {
        for (long i = 0; i < stored.Entry.ByteCount; i++)
        {
            if (values[i] > 1)
            {
                throw new WeightsFormatException(
                    stored.Source.Name,
                    $"tensor {ShapeText.Quote(stored.Entry.Name)} holds booleans, which must be 0 or 1, but here is {values[i]}; the file is damaged.",
                    stored.Strides is null ? stored.Offset + i : stored.Offset);
            }
        }
    }
}
