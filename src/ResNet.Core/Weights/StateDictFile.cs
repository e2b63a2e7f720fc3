using TorchSharp;

namespace ResNet.Weights;

/// <summary>
/// A file of named tensors. Opening reads and checks its index only; values are mapped into memory and copied, once, when they are
/// asked for. Nothing in a file is ever executed. Reading from several threads at once is safe.
/// </summary>
/// <remarks>
/// <para>Formats are recognised by content: <c>.safetensors</c>.</para>
/// <para>The file must not be shortened while it is open: the system ends a process that touches mapped bytes which are gone.
/// Files written by this library are replaced by renaming, which is safe.</para>
/// </remarks>
public sealed class StateDictFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, StoredTensor> _tensors;

    private StateDictFile(ByteSource source, StateDictContents contents)
    {
        _source = source;
        _tensors = contents.Tensors.ToDictionary(tensor => tensor.Entry.Name, StringComparer.Ordinal);
        Format = contents.Format;
        Metadata = contents.Metadata;
        Entries = contents.Tensors.Select(tensor => tensor.Entry).ToList().AsReadOnly();
    }

    /// <summary>The path, or the name that the caller gave to the stream.</summary>
    public string Name => _source.Name;

    /// <summary>The format that was recognised, such as <c>safetensors</c>.</summary>
    public string Format { get; }

    /// <summary>All tensors, in the order of the file's index.</summary>
    public IReadOnlyList<StateDictEntry> Entries { get; }

    /// <summary>Texts that the file carries beside its tensors; empty if none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, of any name, or a folder as the Hugging Face Hub lays models out, for the file in it.</param>
    /// <returns>The open file; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateDictFile Open(string path) => Open(ByteSource.OfFile(HuggingFaceFolder.WeightsOf(path)));

    /// <summary>Reads a stream, from where it stands to its end, into memory outside the managed heap; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it; default: "the stream".</param>
    /// <returns>The open file; the caller disposes it.</returns>
    /// <exception cref="WeightsFormatException">The content is damaged, or of a format that is not read.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static StateDictFile Open(Stream stream, string name = "the stream") => Open(ByteSource.OfStream(stream, name));

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

        if (destination.dtype == stored.Entry.Type && TensorMemory.IsPlain(destination))
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
        var tensor = torch.empty(stored.Entry.Shape.ToArray(), stored.Entry.Type, torch.CPU);
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
    public void Dispose() => _source.Dispose();

    private static StateDictFile Open(ByteSource source)
    {
        try
        {
            return new StateDictFile(source, StateDictFormats.Read(source));
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

    private unsafe void CopyBytes(StoredTensor stored, Tensor destination)
    {
        using var view = _source.Acquire();
        long count = stored.Entry.ByteCount;
        if (count == 0)
        {
            return;
        }

        if (stored.Entry.Type == torch.ScalarType.Bool)
        {
            CheckBooleans(view, stored);
        }

        view.CopyTo(stored.Offset, TensorMemory.Address(destination), count);
    }

    /// <summary>Native code may do anything with a boolean that is neither 0 nor 1.</summary>
    private void CheckBooleans(ByteView view, StoredTensor stored)
    {
        const int Piece = 1 << 20;
        for (long done = 0; done < stored.Entry.ByteCount; done += Piece)
        {
            var values = view.Span(stored.Offset + done, (int)Math.Min(Piece, stored.Entry.ByteCount - done));
            int wrong = values.IndexOfAnyExceptInRange<byte>(0, 1);
            if (wrong >= 0)
            {
                throw new WeightsFormatException(
                    Name,
                    $"tensor {ShapeText.Quote(stored.Entry.Name)} holds booleans, which must be 0 or 1, but here is {values[wrong]}; the file is damaged.",
                    stored.Offset + done + wrong);
            }
        }
    }
}
